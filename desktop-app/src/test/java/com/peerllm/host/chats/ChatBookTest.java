package com.peerllm.host.chats;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.answering.Assistant.Message;
import com.peerllm.host.chats.Chat.Asked;
import com.peerllm.shared.money.Credits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatBookTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SPROUT = StagedAssistant.SPROUT.id();

    @TempDir
    Path folder;

    private OpenBook open;

    @BeforeEach
    void openIt() {
        open = new OpenBook(folder.resolve("host"), NOON);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private void reopen() {
        Instant now = open.now;
        open.close();
        open = new OpenBook(folder.resolve("host"), now);
    }

    private List<String> titles() {
        return open.book.entries().get().stream().map(ChatEntry::title).toList();
    }

    @Test
    void remembersWhatWasSaidAfterARestart() {
        Chat chat = open.answered("Why is the sky blue?", "Because of **Rayleigh** scattering.");
        reopen();

        assertThat(titles()).containsExactly("Why is the sky blue?");
        List<Turn> turns = open.book.open(chat.id()).orElseThrow().state().get().turns();
        assertThat(turns)
                .extracting(Turn::text)
                .containsExactly("Why is the sky blue?", "Because of **Rayleigh** scattering.");
        assertThat(turns.getLast().state()).isEqualTo(Turn.State.WHOLE);
        assertThat(turns.getLast().figures())
                .contains(new Turn.Figures(12, 34, Duration.ofSeconds(4), Optional.empty()));
    }

    @Test
    void sendsEverythingThatWasSaidAndTheInstructionsFirst() {
        Chat chat = open.answered("Hello", "Hi!");
        open.book.instruct(chat.id(), "Answer in one word.");
        chat.ask(SPROUT, "And again?");

        assertThat(open.assistant.last().question.messages())
                .containsExactly(
                        new Message("system", "Answer in one word."),
                        new Message("user", "Hello"),
                        new Message("assistant", "Hi!"),
                        new Message("user", "And again?"));
    }

    @Test
    void joinsQuestionsThatGotNoAnswerBecauseModelsExpectTurns() {
        Chat chat = open.book.begin(SPROUT);
        chat.ask(SPROUT, "First");
        open.assistant.last().fails("No model can be loaded.");
        chat.ask(SPROUT, "Second");
        assertThat(open.assistant.last().question.messages()).containsExactly(new Message("user", "First\n\nSecond"));
    }

    @Test
    void writesNowAndThenNotWithEveryPiece() {
        Chat chat = open.book.begin(SPROUT);
        chat.ask(SPROUT, "Count");
        IntStream.range(0, 1000).forEach(i -> open.assistant.last().says(i + " "));
        assertThat(open.alarms.waiting()).isEqualTo(1);
        assertThat(open.onDisk(chat.id())).containsExactly("whole: Count", "writing: ");

        open.alarms.advance(ChatPen.PAUSE);

        assertThat(open.onDisk(chat.id()).getLast())
                .startsWith("writing: 0 1 2 3")
                .endsWith(" 999 ");
        open.assistant.last().says("done").ends(1, 1000);
        assertThat(open.onDisk(chat.id()).getLast()).startsWith("whole: 0 1 2").endsWith("999 done");
    }

    @Test
    void keepsAndMarksAHalfAnswer() {
        Chat chat = open.book.begin(SPROUT);
        chat.ask(SPROUT, "Tell me");
        open.assistant.last().says("Once upon");
        chat.stop();
        assertThat(chat.state().get().turns().getLast())
                .extracting(Turn::text, Turn::state)
                .containsExactly("Once upon", Turn.State.STOPPED);

        chat.ask(SPROUT, "Go on");
        open.assistant.last().says(" a time").fails("The network went away. Try again.");
        Turn failed = chat.state().get().turns().getLast();
        assertThat(failed.text()).isEqualTo(" a time");
        assertThat(failed.state()).isEqualTo(Turn.State.FAILED);
        assertThat(failed.trouble()).contains("The network went away. Try again.");
    }

    @Test
    void anAnswerThatTheProgramDidNotOutliveIsMarkedInterrupted() {
        Chat chat = open.book.begin(SPROUT);
        chat.ask(SPROUT, "Tell me");
        open.assistant.last().says("Half of");
        open.alarms.advance(ChatPen.PAUSE);
        open.onDisk(chat.id());
        open.database.close();
        open = new OpenBook(folder.resolve("host"), open.now);

        Turn turn =
                open.book.open(chat.id()).orElseThrow().state().get().turns().getLast();
        assertThat(turn.text()).isEqualTo("Half of");
        assertThat(turn.state()).isEqualTo(Turn.State.INTERRUPTED);
    }

    @Test
    void asksAgainInPlaceOfTheOldAnswer() {
        Chat chat = open.answered("Name a colour", "Red");
        chat.askAgain(StagedAssistant.QWEN.id());
        assertThat(open.assistant.last().question.model()).isEqualTo(StagedAssistant.QWEN.id());
        assertThat(open.assistant.last().question.messages()).containsExactly(new Message("user", "Name a colour"));
        open.assistant.last().says("Blue").ends(9, 1, new Credits(2_500));

        assertThat(open.onDisk(chat.id())).containsExactly("whole: Name a colour", "whole: Blue");
        assertThat(chat.state().get().turns().getLast().figures().orElseThrow().cost())
                .contains(new Credits(2_500));
    }

    @Test
    void takesAQuestionBackToSayItInAnotherWay() {
        Chat chat = open.answered("Name a color", "Red");
        assertThat(chat.takeBack()).contains("Name a color");
        assertThat(chat.state().get().turns()).isEmpty();
        assertThat(open.onDisk(chat.id())).isEmpty();
    }

    @Test
    void aDeletionCanBeTakenBackForAWhileAndIsThenForGood() {
        Chat kept = open.answered("Keep me", "Yes");
        Chat gone = open.answered("Forget me", "Yes");
        open.book.delete(kept.id());
        open.book.delete(gone.id());
        assertThat(titles()).isEmpty();

        open.book.restore(kept.id());
        open.alarms.advance(ChatBook.UNDO);
        open.book.restore(gone.id());

        assertThat(titles()).containsExactly("Keep me");
        assertThat(open.onDisk(gone.id())).isEmpty();
        reopen();
        assertThat(titles()).containsExactly("Keep me");
    }

    @Test
    void aDeletionThatNobodyTookBackIsForGoodWhenTheProgramEnds() {
        Chat chat = open.answered("Forget me", "Yes");
        open.book.delete(chat.id());
        reopen();
        assertThat(titles()).isEmpty();
        assertThat(open.onDisk(chat.id())).isEmpty();
    }

    @Test
    void deletingAnAnsweringChatStopsItAndWritesNothingMore() {
        Chat chat = open.book.begin(SPROUT);
        chat.ask(SPROUT, "Tell me");
        open.assistant.last().says("Half");
        open.book.deleteAll();
        assertThat(open.assistant.last().cancelled).isTrue();
        open.alarms.advance(ChatPen.PAUSE);
        assertThat(open.onDisk(chat.id())).isEmpty();
        reopen();
        assertThat(titles()).isEmpty();
    }

    @Test
    void writesNothingWhileHistoryIsNotKept() {
        Chat old = open.answered("An old chat", "With an answer");
        open.book.keep(false);
        Chat secret = open.answered("A secret", "Told");
        old.ask(SPROUT, "More");
        open.assistant.last().says("Unwritten").ends(1, 1);
        open.alarms.advance(ChatPen.PAUSE);

        assertThat(titles()).containsExactly("An old chat", "A secret");
        assertThat(open.book.search("secret")).containsExactly(secret.id());
        assertThat(open.onDisk(secret.id())).isEmpty();
        assertThat(open.onDisk(old.id())).hasSize(2);
        reopen();
        assertThat(open.book.keeping().get()).isFalse();
        assertThat(titles()).containsExactly("An old chat");
    }

    @Test
    void listsFavouritesFirstThenTheNewest() {
        Chat first = open.answered("First", "1");
        open.answered("Second", "2");
        open.answered("Third", "3");
        open.book.favour(first.id(), true);
        open.book.rename(first.id(), "  My  first\nchat ");
        assertThat(titles()).containsExactly("My first chat", "Third", "Second");
        reopen();
        assertThat(titles()).containsExactly("My first chat", "Third", "Second");
    }

    @Test
    void findsWordsInTitlesAndTextsWhateverTheirCapitals() {
        Chat sky = open.answered("Why is the sky blue?", "Because of Rayleigh.");
        Chat bread = open.answered("How is bread made?", "100 % flour_and water.");
        assertThat(open.book.search("RAYLEIGH")).containsExactly(sky.id());
        assertThat(open.book.search("is ")).containsExactlyInAnyOrder(sky.id(), bread.id());
        // Not the wild cards of a database.
        assertThat(open.book.search("0 % f")).containsExactly(bread.id());
        assertThat(open.book.search("%")).containsExactly(bread.id());
        assertThat(open.book.search("_")).containsExactly(bread.id());
    }

    @Test
    void twoChatsAreAnsweredAtTheSameTimeEachByItself() {
        Chat one = open.book.begin(SPROUT);
        one.ask(SPROUT, "One");
        StagedAssistant.Asked first = open.assistant.last();
        Chat two = open.book.begin(SPROUT);
        assertThat(two).isNotSameAs(one);
        two.ask(SPROUT, "Two");
        StagedAssistant.Asked second = open.assistant.last();
        first.says("1a");
        second.says("2a");
        first.says("1b").ends(1, 2);
        second.says("2b").ends(1, 2);
        assertThat(one.state().get().turns().getLast().text()).isEqualTo("1a1b");
        assertThat(two.state().get().turns().getLast().text()).isEqualTo("2a2b");
    }

    @Test
    void refusesWhatIsTooLongAndEndsAnAnswerThatGetsThere() {
        Chat chat = open.book.begin(SPROUT);
        assertThat(chat.ask(SPROUT, "x".repeat(ChatLimits.CHARACTERS + 1))).isEqualTo(Asked.TOO_LONG);
        assertThat(chat.ask(SPROUT, "x".repeat(ChatLimits.CHARACTERS))).isEqualTo(Asked.BEGUN);
        assertThat(chat.ask(SPROUT, "at once")).isEqualTo(Asked.ANSWERING);
        for (int i = 0; i < 5; i++) open.assistant.last().says("y".repeat(ChatLimits.CHARACTERS / 4));
        assertThat(open.assistant.last().cancelled).isTrue();
        Turn answer = chat.state().get().turns().getLast();
        assertThat(answer.text()).hasSize(ChatLimits.CHARACTERS);
        assertThat(answer.state()).isEqualTo(Turn.State.CUT_OFF);
        assertThat(open.onDisk(chat.id())).hasSize(2);
    }

    @Test
    void aChatHasAnEnd() {
        Chat chat = open.book.begin(SPROUT);
        for (int i = 0; i < ChatLimits.MESSAGES / 2; i++) {
            assertThat(chat.ask(SPROUT, "again")).isEqualTo(Asked.BEGUN);
            open.assistant.last().says("yes").ends(1, 1);
        }
        assertThat(chat.ask(SPROUT, "again")).isEqualTo(Asked.FULL);
        reopen();
        assertThat(open.book.open(chat.id()).orElseThrow().state().get().turns())
                .hasSize(ChatLimits.MESSAGES);
    }

    @Test
    void onlyTheOwnerCanReadTheFile() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("host.mv.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aBrokenDiskIsToldAndTheChatGoesOn() {
        Chat chat = open.answered("Before", "Yes");
        open.database.close();
        chat.ask(SPROUT, "After the disk broke");
        open.assistant.last().says("Still here").ends(1, 2);
        assertThat(chat.state().get().turns()).hasSize(4);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(open.book.trouble().get().orElse(""))
                        .startsWith("Your chats cannot be written down")
                        .doesNotContain("After the disk broke"));
    }
}
