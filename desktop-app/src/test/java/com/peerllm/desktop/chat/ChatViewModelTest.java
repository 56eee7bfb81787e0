package com.peerllm.desktop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.chats.ChatBook;
import com.peerllm.host.chats.ChatLimits;
import com.peerllm.host.chats.StagedAssistant;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a toolkit: everything happens at once on the test's thread. */
class ChatViewModelTest {
    @TempDir
    Path folder;

    private StagedChats chats;
    private StagedAssistant assistant;
    private ChatViewModel model;
    private OpenChatModel open;

    @BeforeEach
    void openChat() {
        chats = new StagedChats(folder.resolve("host"));
        assistant = chats.open.assistant;
        begin();
    }

    private void begin() {
        model = new ChatViewModel(
                chats.source(),
                chats.at(new Workbench(
                        Runnable::run, Runnable::run, () -> StagedChats.NOW, new Messages(Locale.US), room -> {})));
        open = model.open();
    }

    @AfterEach
    void close() {
        model.close();
        chats.close();
    }

    private void send(String text) {
        open.draftProperty().set(text);
        open.send();
    }

    private List<String> titles() {
        return model.list().lines().stream().map(ChatLine::title).toList();
    }

    private TurnText last() {
        return open.turnsProperty().get().getLast();
    }

    @Test
    void sendsWhatWasTypedAndShowsTheAnswerFrameByFrame() {
        send("  Why is the sky blue? ");
        assertThat(open.draftProperty().get()).isEmpty();
        assertThat(open.titleProperty().get()).isEqualTo("Why is the sky blue?");
        assertThat(open.answeringProperty().get()).isTrue();

        assistant.last().says("Because").says(" of Rayleigh");
        assertThat(open.liveProperty().get().text()).isEmpty();
        open.frame();
        assertThat(open.liveProperty().get().text()).isEqualTo("Because of Rayleigh");

        chats.open.now = chats.open.now.plusMillis(2_100);
        assistant.last().says(".").ends(5, 1_204);
        assertThat(open.answeringProperty().get()).isFalse();
        assertThat(last().text()).isEqualTo("Because of Rayleigh.");
        assertThat(last().facts()).isEqualTo("1,204 tokens · 2.1 s · free, on this computer");
    }

    @Test
    void sendsNothingEmptyAndSaysWhyItCannotSend() {
        send("   \n");
        assertThat(assistant.asked).isEmpty();
        send("x".repeat(ChatLimits.CHARACTERS + 1));
        assertThat(open.noticeProperty().get())
                .isEqualTo(
                        "Your message has 262,145 characters; 262,144 are the most. Shorten it, or send it in parts.");
        open.draftProperty().set("shorter");
        assertThat(open.noticeProperty().get()).isEmpty();
        open.send();
        send("too early");
        assertThat(open.noticeProperty().get()).startsWith("An answer is on its way.");
        assertThat(open.draftProperty().get()).isEqualTo("too early");
    }

    @Test
    void saysWhatIsWaitedForBeforeTheFirstWord() {
        send("Hello");
        assertThat(open.liveProperty().get().status()).isEqualTo("Waiting for the first word …");
        chats.open.now = chats.open.now.plusSeconds(7);
        model.refresh();
        assertThat(open.liveProperty().get().status()).isEqualTo("Waiting for the first word for 7 s …");
        chats.preparation = new ChatSource.Preparation(false, Optional.of(Duration.ofSeconds(14)));
        model.refresh();
        assertThat(open.liveProperty().get().status())
                .isEqualTo("Loading sprout-1.4m-q8_0 into memory for 7 s. The last time it took 14 s.");
        assistant.last().says("Hi");
        open.frame();
        assertThat(open.liveProperty().get().status()).isEmpty();
    }

    @Test
    void twoChatsAreAnsweredAtOnceAndEachKeepsWhatWasTyped() {
        send("First chat");
        StagedAssistant.Asked first = assistant.last();
        open.draftProperty().set("typed in the first");
        long id = model.openIdProperty().get();
        model.begin();
        assertThat(open.draftProperty().get()).isEmpty();
        send("Second chat");
        StagedAssistant.Asked second = assistant.last();
        assertThat(model.list().lines()).allMatch(ChatLine::answering);

        first.says("one").ends(1, 1);
        assertThat(last().writing()).isTrue();
        assertThat(model.list().lines()).filteredOn(ChatLine::answering).hasSize(1);
        second.says("two").ends(1, 1);
        assertThat(last().text()).isEqualTo("two");

        model.open(id);
        assertThat(last().text()).isEqualTo("one");
        assertThat(open.draftProperty().get()).isEqualTo("typed in the first");
    }

    @Test
    void keepsAHalfAnswerAndAsksAgain() {
        send("Tell me");
        assistant.last().says("Half").fails("The network went away. Try again.");
        assertThat(last().text()).isEqualTo("Half");
        assertThat(last().trouble()).isEqualTo("The network went away. Try again.");
        assertThat(last().note()).isEqualTo("This is as far as the answer came.");
        open.askAgain();
        assistant.last().says("Whole").ends(1, 1);
        assertThat(open.turnsProperty().get()).extracting(TurnText::text).containsExactly("Tell me", "Whole");
        send("More");
        assistant.last().says("And");
        open.stop();
        assertThat(last().note()).isEqualTo("You stopped this answer.");
        open.edit();
        assertThat(open.draftProperty().get()).isEqualTo("More");
        assertThat(open.turnsProperty().get()).hasSize(2);
    }

    @Test
    void listsModelsOfThisComputerFirstAndSaysEveryPrice() {
        model.seen();
        assertThat(model.answerers().choices())
                .extracting(choice -> choice.words() + ": " + choice.price())
                .containsExactly(
                        "sprout-1.4m-q8_0 · this computer: Free, on this computer",
                        "gemma-3-12b · network: Price unknown",
                        "qwen3-8b · network: $0.05 in and $0.20 out per million tokens");
        assertThat(model.answerers().accountProperty().get()).isEqualTo("Free, on this computer");
        open.choose(model.answerers().choices().getLast());
        assertThat(model.answerers().accountProperty().get())
                .isEqualTo("$0.05 in and $0.20 out per million tokens. Balance $4.1275.");
    }

    @Test
    void tellsWhatAnAnswerCostAndReadsTheBalanceAgain() {
        model.seen();
        open.choose(model.answerers().choices().getLast());
        send("Hello");
        assistant.balance = Optional.of(Credits.parseDollars("4.12"));
        assistant.last().says("Hi").ends(9, 1, new Credits(650));
        assertThat(last().facts()).isEqualTo("1 token · 0.0 s · $0.00000065");
        assertThat(model.answerers().accountProperty().get()).endsWith("Balance $4.12.");
    }

    @Test
    void aChatKeepsItsModelAlsoWhileTheNetworkIsNotRead() {
        model.seen();
        open.choose(model.answerers().choices().getLast());
        send("Hello");
        assistant.last().says("Hi").ends(1, 1);
        long id = model.openIdProperty().get();
        model.close();
        assistant.network = List.of();
        begin();
        model.open(id);
        assertThat(model.answerers().chosenProperty().get().id()).isEqualTo(StagedChats.SPROUT);
        model.seen();
        assertThat(model.answerers().chosenProperty().get().id()).isEqualTo(StagedChats.QWEN);
    }

    @Test
    void anUnreachableNetworkIsALineAndChangesNothingElse() {
        assistant.offline = Optional.of("Nothing answers at ws://127.0.0.1:8080.");
        model.seen();
        assertThat(model.answerers().networkTroubleProperty().get())
                .isEqualTo("Nothing answers at ws://127.0.0.1:8080.");
        assertThat(model.answerers().choices()).hasSize(1);
        assistant.offline = Optional.empty();
        model.answerers().readNetwork();
        assertThat(model.answerers().networkTroubleProperty().get()).isEmpty();
        assertThat(model.answerers().choices()).hasSize(3);
    }

    @Test
    void withoutAnApiKeyTheNetworkIsNotAskedAndThatIsNoTrouble() {
        assistant.networkKey = false;
        model.seen();
        assertThat(model.answerers().networkTroubleProperty().get()).isEmpty();
        assertThat(model.answerers().keylessProperty().get()).isTrue();
        assertThat(model.answerers().choices()).hasSize(1);
    }

    @Test
    void withoutAnyModelItSaysSoAndShowsTheWay() {
        assistant.local = List.of();
        model.refresh();
        assertThat(model.answerers().chosenProperty().get()).isNull();
        send("Hello");
        assertThat(open.noticeProperty().get()).startsWith("There is no model to ask.");
        model.goToModels();
        assertThat(chats.rooms).containsExactly(Room.MODELS.fileName());
        assistant.local = List.of(StagedAssistant.SPROUT);
        model.refresh();
        assertThat(model.answerers().chosenProperty().get().id()).isEqualTo(StagedChats.SPROUT);
    }

    @Test
    void findsRenamesAndFavours() {
        chats.hasHistory();
        model.list().searchProperty().set("rayleigh");
        assertThat(model.list().nothingFoundProperty().get()).isTrue();
        model.list().searchProperty().set("SCATTERED");
        assertThat(titles()).containsExactly("Why is the sky blue?");
        model.open(model.list().lines().getFirst().id());
        open.rename("About the sky");
        assertThat(titles()).containsExactly("About the sky");
        model.list().searchProperty().set("");
        open.favour(true);
        assertThat(titles()).startsWith("About the sky", "Sort a list in Java by two fields");
    }

    @Test
    void aDeletionCanBeTakenBackUntilItsLineGoes() {
        chats.hasHistory();
        long sky = chats.idOf("Why is the sky");
        model.open(sky);
        model.delete(sky);
        assertThat(titles()).doesNotContain("Why is the sky blue?");
        assertThat(model.openIdProperty().get()).isNotEqualTo(sky);
        assertThat(model.list().deletionProperty().get().orElseThrow().title()).isEqualTo("Why is the sky blue?");
        model.takeBack();
        assertThat(model.openIdProperty().get()).isEqualTo(sky);
        assertThat(open.turnsProperty().get()).hasSize(4);

        model.delete(sky);
        chats.open.now = chats.open.now.plus(ChatBook.UNDO);
        model.refresh();
        assertThat(model.list().deletionProperty().get()).isEmpty();
    }

    @Test
    void deletesAllOnlyAfterASecondYes() {
        chats.hasHistory();
        model.history().askWhetherToDeleteAll();
        assertThat(titles()).hasSize(3);
        model.history().deleteNothing();
        assertThat(model.history().confirmingProperty().get()).isFalse();
        model.history().askWhetherToDeleteAll();
        model.deleteAll();
        assertThat(titles()).isEmpty();
        assertThat(open.turnsProperty().get()).isEmpty();
    }

    @Test
    void writesFilesAndSaysWhere() {
        chats.hasHistory();
        model.open(chats.idOf("Why is the sky"));
        assertThat(model.fileName(false, false)).isEqualTo("why-is-the-sky-blue.md");
        assertThat(model.fileName(true, true)).isEqualTo("peerllm-chats.json");
        Path file = folder.resolve("sky.md");
        model.export(file, false, false);
        assertThat(file).content().startsWith("# Why is the sky blue?").contains("scattered out of it");
        assertThat(model.history().exportedProperty().get()).isEqualTo("1 chat was written to " + file);
        model.export(folder.resolve("all.json"), true, true);
        assertThat(model.history().exportedProperty().get()).startsWith("3 chats were written to");
        model.export(folder.resolve("missing/x.md"), true, false);
        assertThat(model.history().exportedProperty().get()).contains("cannot be written");
    }

    @Test
    void saysInTheListWhatIsNotKept() {
        model.history().keep(false);
        send("A secret");
        assistant.last().says("ok").ends(1, 1);
        assertThat(model.list().lines().getFirst().kept()).isFalse();
    }

    @Test
    void tellsTheModelItsInstructions() {
        open.instructionsProperty().set("One word only.");
        send("Hello");
        assertThat(assistant.last().question.messages().getFirst().content()).isEqualTo("One word only.");
    }
}
