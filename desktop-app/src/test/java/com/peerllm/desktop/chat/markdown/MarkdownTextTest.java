package com.peerllm.desktop.chat.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.chat.markdown.Block.Code;
import com.peerllm.desktop.chat.markdown.Block.Line;
import com.peerllm.desktop.chat.markdown.Block.Place;
import com.peerllm.desktop.chat.markdown.Block.Table;
import com.peerllm.desktop.chat.markdown.Block.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTextTest {
    static final String ANSWER = """
            ## Sorting

            Use `sort` — it is **fast** and *stable*, ***really***.
            A second line.

            1. First
               - inner
               - other

               ```python
               x = 1
               ```
            2. Second

            > Quoted **words**

            ```java
            List<Integer> all = List.of(3, 1, 2);

            all.sort(null);
            ```

            | a | b |
            |---|---|
            | 1 | `2` |

            ---
            See [the docs](https://example.org) or https://example.com. <b>no</b>
            """;

    @Test
    void readsHeadingsParagraphsAndLooksOfWords() {
        List<Block> blocks = MarkdownText.whole(ANSWER);
        assertThat(blocks.get(0)).isEqualTo(new Words(Place.TOP, 2, List.of(Span.plain("Sorting"))));
        assertThat(((Words) blocks.get(1)).spans())
                .containsExactly(
                        Span.plain("Use "),
                        new Span("sort", false, false, true),
                        Span.plain(" — it is "),
                        new Span("fast", true, false, false),
                        Span.plain(" and "),
                        new Span("stable", false, true, false),
                        Span.plain(", "),
                        new Span("really", true, true, false),
                        Span.plain(".\nA second line."));
    }

    @Test
    void readsListsWithTheirDepthAndNumbers() {
        assertThat(MarkdownText.whole(ANSWER).subList(2, 7))
                .containsExactly(
                        new Words(new Place(1, "1.", false), 0, List.of(Span.plain("First"))),
                        new Words(new Place(2, "•", false), 0, List.of(Span.plain("inner"))),
                        new Words(new Place(2, "•", false), 0, List.of(Span.plain("other"))),
                        new Code(new Place(1, "", false), "python", "x = 1"),
                        new Words(new Place(1, "2.", false), 0, List.of(Span.plain("Second"))));
    }

    @Test
    void readsQuotationsCodeTablesAndLines() {
        List<Block> blocks = MarkdownText.whole(ANSWER);
        assertThat(blocks.get(7).place().quoted()).isTrue();
        assertThat(blocks.get(8))
                .isEqualTo(new Code(Place.TOP, "java", "List<Integer> all = List.of(3, 1, 2);\n\nall.sort(null);"));
        assertThat(((Table) blocks.get(9)).rows())
                .containsExactly(
                        List.of(List.of(Span.plain("a")), List.of(Span.plain("b"))),
                        List.of(List.of(Span.plain("1")), List.of(new Span("2", false, false, true))));
        assertThat(blocks.get(10)).isInstanceOf(Line.class);
    }

    @Test
    void showsAddressesOfLinksAndHtmlAsText() {
        assertThat(MarkdownText.whole(ANSWER).getLast().plainText())
                .isEqualTo("See the docs (https://example.org) or https://example.com. <b>no</b>");
        assertThat(MarkdownText.whole("![a cat](http://x/cat.png)").getFirst().plainText())
                .isEqualTo("a cat (http://x/cat.png)");
    }

    @Test
    void aGrowingTextEndsAsTheWholeOne() {
        for (int step : new int[] {1, 3, 17}) {
            MarkdownText growing = new MarkdownText();
            List<Block> shown = List.of();
            for (int end = 0; end < ANSWER.length(); end += step) shown = growing.show(ANSWER.substring(0, end));
            shown = growing.show(ANSWER);
            assertThat(shown).as("in steps of " + step).isEqualTo(MarkdownText.whole(ANSWER));
        }
    }

    @Test
    void readsOnlyTheLastBlockOfAGrowingTextAgain() {
        MarkdownText growing = new MarkdownText();
        List<Block> before = growing.show("One\n\nTwo\n\nThree\n");
        List<Block> after = growing.show("One\n\nTwo\n\nThree\nor four");
        assertThat(after.get(0)).isSameAs(before.get(0));
        assertThat(after.get(1)).isSameAs(before.get(1));
        assertThat(after.get(2).plainText()).isEqualTo("Three\nor four");
    }

    @Test
    void codeThatIsStillBeingWrittenIsCodeAlready() {
        assertThat(new MarkdownText().show("Look:\n\n```js\nlet x").getLast())
                .isEqualTo(new Code(Place.TOP, "js", "let x"));
    }

    @Test
    void readsAnythingWithoutFailing() {
        for (String odd :
                List.of("", "\n", "```", "- ", "1.", "|", "| a |\n|--", "\u0000", "**", "> ", "[x](", "<div>"))
            assertThat(new MarkdownText().show(odd)).as(odd).isNotNull();
    }
}
