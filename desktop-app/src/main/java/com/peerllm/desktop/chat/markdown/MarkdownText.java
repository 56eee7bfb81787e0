package com.peerllm.desktop.chat.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown text that grows at its end: reads again only its last block, for those before it cannot change any more.
 * For one thread.
 *
 * <p>The one exception is a link whose address is given further down, which few models write; {@link #whole} reads all of it.
 */
public final class MarkdownText {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    private final List<Block> settled = new ArrayList<>();
    private int settledCharacters;

    /** All of a text that grows no more. */
    public static List<Block> whole(String text) {
        List<Block> blocks = new ArrayList<>();
        for (Node node = PARSER.parse(text).getFirstChild(); node != null; node = node.getNext())
            blocks.addAll(BlockReader.read(node));
        return blocks;
    }

    /** @param text what {@code show} was given before, and more; shorter, it is read anew */
    public List<Block> show(String text) {
        if (text.length() < settledCharacters) {
            settled.clear();
            settledCharacters = 0;
        }
        String open = text.substring(settledCharacters);
        Node document = PARSER.parse(open);
        Node last = document.getLastChild();
        // A line that is not complete may still become part of the block before it, as "2" does when "2. Next" follows.
        boolean settles = last != null && last.getPrevious() != null && begin(last, open) <= open.lastIndexOf('\n');
        List<Block> blocks = new ArrayList<>(settled);
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            List<Block> read = BlockReader.read(node);
            blocks.addAll(read);
            if (settles && node != last) settled.addAll(read);
        }
        if (settles) settledCharacters += begin(last, open);
        return blocks;
    }

    /** Where the line of a block begins. */
    private static int begin(Node block, String text) {
        List<SourceSpan> spans = block.getSourceSpans();
        if (spans.isEmpty()) throw new IllegalStateException("A block has no place in its text");
        return text.lastIndexOf('\n', Math.max(0, spans.getFirst().getInputIndex() - 1)) + 1;
    }
}
