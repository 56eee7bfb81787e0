package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.chat.ChatView;
import com.peerllm.desktop.chat.ChatViewModel;
import com.peerllm.desktop.chat.StagedChats;
import com.peerllm.host.chats.StagedAssistant;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** Chat as a person uses it, in the real window on the headless toolkit. */
@ExtendWith(ApplicationExtension.class)
class ChatWindowTest {
    private final FxRobot robot = new QuickRobot();

    @TempDir
    Path folder;

    /** The headless toolkit has no clipboard. */
    private final List<String> copied = new CopyOnWriteArrayList<>();

    private StagedChats chats;
    private StagedAssistant assistant;
    private StagedWindow window;

    @BeforeEach
    void open() {
        chats = new StagedChats(folder.resolve("host"));
        assistant = chats.open.assistant;
        chats.hasHistory();
        window = new StagedWindow(Locale.US, bench -> {
            ChatViewModel model = new ChatViewModel(chats.source(), chats.at(bench));
            return Entry.CHAT.screen(
                    model, () -> new ChatView(model, chats, copied::add, bench.messages()), bench.messages());
        });
    }

    @AfterEach
    void close() {
        window.close();
        chats.close();
    }

    @Test
    void enterSendsShiftEnterBeginsALineAndTheAnswerGrows() {
        robot.clickOn(node("#draft")).write("Hello").push(KeyCode.SHIFT, KeyCode.ENTER);
        robot.write("there").type(KeyCode.ENTER);
        assertThat(assistant.last().question.messages().getLast().content()).isEqualTo("Hello\nthere");
        assertThat(((TextArea) node("#draft")).getText()).isEmpty();

        assistant.last().says("I am **here");
        awaitText("I am **here");
        assistant.last().says("** now");
        awaitText("I am here now");
        assistant.last().ends(3, 4);
        awaitText("4 tokens · 0.0 s · free, on this computer");
    }

    @Test
    void theSameButtonStopsAndTheHalfAnswerStays() {
        robot.clickOn(node("#draft")).write("Tell me").clickOn(node("#send"));
        assistant.last().says("Once upon");
        awaitText("Once upon");
        robot.clickOn(node("#send"));
        awaitText("You stopped this answer.");
        assertThat(assistant.last().cancelled).isTrue();
        robot.clickOn(node("#again"));
        assistant.last().says("A better one").ends(1, 2);
        awaitText("A better one");
        assertThat(texts()).noneMatch(text -> text.contains("Once upon"));
    }

    @Test
    void anotherChatIsAnsweredWhileThisOneIsOpen() {
        robot.clickOn(node("#draft")).write("A long story").type(KeyCode.ENTER);
        StagedAssistant.Asked story = assistant.last();
        robot.clickOn("Why is the sky blue?");
        awaitText("And why is it red in the evening?");
        story.says("Once upon a time");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(texts()).noneMatch(text -> text.contains("Once upon")).contains("Answering …");
        robot.clickOn("A long story");
        awaitText("Once upon a time");
        story.ends(1, 5);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(texts()).doesNotContain("Answering …");
    }

    @Test
    void searchesRenamesInPlaceDeletesAndTakesBack() {
        robot.clickOn(node("#search")).write("scattered");
        assertThat(list().getItems()).hasSize(1);
        robot.clickOn("Why is the sky blue?").type(KeyCode.F2);
        robot.write("Sky").type(KeyCode.ENTER);
        assertThat(texts()).contains("Sky");
        robot.interact(() -> ((TextField) node("#search")).clear());
        assertThat(list().getItems()).hasSize(3);
        robot.clickOn(node("#delete"));
        assertThat(list().getItems()).hasSize(2);
        assertThat(texts()).contains("“Sky” was deleted.");
        robot.clickOn(node("#take-back"));
        assertThat(list().getItems()).hasSize(3);
        assertThat(((TextField) node("#title")).getText()).isEqualTo("Sky");
    }

    @Test
    void exportsTheOpenChat() {
        chats.place = Optional.of(folder.resolve("sky.md"));
        robot.clickOn("Why is the sky blue?").clickOn(node("#more")).clickOn(node("#export-markdown"));
        assertThat(chats.namesOfFiles).containsExactly("why-is-the-sky-blue.md");
        assertThat(folder.resolve("sky.md")).content().startsWith("# Why is the sky blue?");
        awaitText("1 chat was written to " + folder.resolve("sky.md"));
    }

    @Test
    void everythingWorksByKeyboard() {
        robot.push(KeyCode.SHORTCUT, KeyCode.N);
        robot.write("By hand").type(KeyCode.ENTER);
        assistant.last().says("By key");
        awaitText("By key");
        robot.type(KeyCode.ESCAPE);
        assertThat(assistant.last().cancelled).isTrue();

        robot.push(KeyCode.SHORTCUT, KeyCode.F);
        robot.write("rayleigh").type(KeyCode.ESCAPE).type(KeyCode.TAB);
        assertThat(window.scene().getFocusOwner()).isEqualTo(list());
        robot.type(KeyCode.DOWN);
        awaitText("And why is it red in the evening?");
        robot.type(KeyCode.DELETE);
        assertThat(list().getItems()).hasSize(3);
        tabTo("take-back");
        robot.type(KeyCode.SPACE);
        assertThat(list().getItems()).hasSize(4);
        tabTo("history");
        robot.type(KeyCode.SPACE);
        tabTo("delete-all");
        robot.type(KeyCode.SPACE);
        assertThat(window.scene().getFocusOwner().getId()).isEqualTo("delete-nothing");
        tabTo("delete-all-really");
        robot.type(KeyCode.SPACE);
        assertThat(list().getItems()).isEmpty();
    }

    @Test
    void aMessageIsSelectedAndCopiedByMouseAndByKeys() {
        robot.clickOn("Sort a list in Java by two fields");
        TextFlow words = ScreenChecks.find(window.root(), TextFlow.class)
                .filter(flow -> textOf(flow).startsWith("Use List.sort"))
                .findFirst()
                .orElseThrow();
        robot.doubleClickOn(ScreenChecks.find(words, Text.class).findFirst().orElseThrow());
        robot.push(KeyCode.SHORTCUT, KeyCode.C);
        assertThat(copied.getLast()).isEqualTo("Use");
        robot.push(KeyCode.SHORTCUT, KeyCode.A).push(KeyCode.SHORTCUT, KeyCode.C);
        assertThat(copied.getLast())
                .startsWith("Use List.sort with a comparator.")
                .contains("people.sort(Comparator");
        robot.clickOn("Copy");
        assertThat(copied.getLast()).startsWith("List<Person> people = new ArrayList<>(all);\npeople.sort");
    }

    @Test
    void staysWhereThePersonReadsWhileTheAnswerGrows() {
        robot.clickOn(node("#draft")).write("Long").type(KeyCode.ENTER);
        assistant.last().says("A line of the answer.\n\n".repeat(60));
        awaitEnd();
        robot.moveTo(scroll()).scroll(30, VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        double read = topOfView();
        assertThat(node("#latest").isVisible()).isTrue();
        assistant.last().says("More of the answer.\n\n".repeat(60)).ends(1, 2);
        awaitText("2 tokens · 0.0 s · free, on this computer");
        assertThat(topOfView()).isCloseTo(read, org.assertj.core.data.Offset.offset(2.0));
        robot.clickOn(node("#latest"));
        awaitEnd();
    }

    @Test
    void aChatOfFiveHundredMessagesOpensWithItsLastOnes() {
        var chat = chats.open.book.begin(StagedAssistant.SPROUT.id());
        for (int i = 1; i <= 250; i++) {
            chat.ask(StagedAssistant.SPROUT.id(), "Question " + i);
            assistant.last().says("Answer **" + i + "**").ends(1, 1);
        }
        robot.push(KeyCode.SHORTCUT, KeyCode.N);
        WaitForAsyncUtils.waitForFxEvents();
        robot.clickOn(ScreenChecks.find(list(), javafx.scene.control.Label.class)
                .filter(label -> label.getText().equals("Question 1"))
                .findFirst()
                .orElseThrow());
        awaitText("Answer 250");
        assertThat(texts()).doesNotContain("Answer 100");
        awaitEnd();
        robot.interact(() -> scroll().setVvalue(0));
        robot.clickOn("Show 476 earlier messages");
        assertThat(texts()).contains("Show 452 earlier messages", "Question 230");
        robot.interact(() -> {
            for (int i = 0; i < 2; i++) ((javafx.scene.control.Button) node("#earlier")).fire();
        });
        assertThat(texts()).contains("Show 404 earlier messages");

        robot.clickOn(node("#draft")).write("On").type(KeyCode.ENTER);
        assistant.last().says("More").ends(1, 1);
        awaitText("More");
        awaitEnd();
        assertThat(texts()).as("what was shown again is left out again").doesNotContain("Question 230");
        assertThat(texts()).anyMatch(text -> text.matches("Show 47[78] earlier messages"));
    }

    private void awaitText(String wanted) {
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(texts()).contains(wanted));
    }

    private void awaitEnd() {
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(scroll().getVvalue()).isEqualTo(1));
    }

    private double topOfView() {
        ScrollPane scroll = scroll();
        return scroll.getVvalue()
                * (scroll.getContent().getLayoutBounds().getHeight()
                        - scroll.getViewportBounds().getHeight());
    }

    private ScrollPane scroll() {
        return (ScrollPane) node(".turns .turn-scroll");
    }

    @SuppressWarnings("unchecked")
    private ListView<Object> list() {
        return (ListView<Object>) node("#chats");
    }

    /** Everything that can be read. */
    private List<String> texts() {
        return StagedWindow.onScreen(() -> java.util.stream.Stream.concat(
                        ScreenChecks.find(window.root(), TextFlow.class).map(ChatWindowTest::textOf),
                        ScreenChecks.find(window.root(), javafx.scene.control.Labeled.class)
                                .map(labeled -> labeled.getText() == null ? "" : labeled.getText()))
                .toList());
    }

    private static String textOf(TextFlow flow) {
        return flow.getChildren().stream()
                .filter(Text.class::isInstance)
                .map(text -> ((Text) text).getText())
                .collect(java.util.stream.Collectors.joining());
    }

    private void tabTo(String id) {
        for (int i = 0; i < 40; i++) {
            Node focused = window.scene().getFocusOwner();
            if (focused != null && id.equals(focused.getId())) return;
            robot.type(KeyCode.TAB);
        }
        throw new AssertionError("Tab does not reach " + id);
    }

    private Node node(String id) {
        return window.scene().lookup(id);
    }
}
