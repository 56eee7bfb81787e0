package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.models.DownloadStrip;
import com.peerllm.desktop.models.DropTarget;
import com.peerllm.desktop.models.ModelRow;
import com.peerllm.desktop.models.ModelsViewModel;
import com.peerllm.desktop.models.ModelsViewModel.Part;
import com.peerllm.desktop.models.StagedModels;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.modelstore.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** The Models screen in the real window on the headless toolkit, over staged models. */
@ExtendWith(ApplicationExtension.class)
class ModelsWindowTest {
    private final FxRobot robot = new QuickRobot();
    private static final String LLAMA = "llama-3.2-3b-instruct-q4_k_m";

    @TempDir
    Path folder;

    private final StagedModels staged = new StagedModels();
    private List<Path> chosen = List.of();
    private ModelsViewModel model;
    private Workbench workbench;
    private StagedWindow window;

    @BeforeEach
    void open() {
        window = window(Locale.US);
    }

    private StagedWindow window(Locale locale) {
        return new StagedWindow(locale, bench -> screen(bench));
    }

    private Screen screen(Workbench bench) {
        workbench = bench;
        model = new ModelsViewModel(staged.source(), bench);
        return Screens.models(model, owner -> chosen, bench.messages());
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aSwitchTakesAModelOffTheNetwork() {
        stage(StagedModels::hasSeveral);
        unfold(LLAMA);
        robot.clickOn(named("On the network"));
        assertThat(staged.asked).containsExactly("keep " + LLAMA);
        assertThat(texts()).contains("For this computer only");
        robot.clickOn(named("Keep in memory"));
        assertThat(staged.asked).endsWith("pin " + LLAMA);
    }

    @Test
    void aPriceIsWrittenInItsPlace() {
        stage(StagedModels::hasSeveral);
        unfold(LLAMA);
        robot.clickOn(button("Change"));
        TextField prompt = (TextField) named("Prompts, dollars for a million tokens");
        assertThat(prompt.getText()).isEqualTo("0.05");
        replace(prompt, "much");
        robot.type(KeyCode.ENTER);
        assertThat(texts()).anyMatch(text -> text.startsWith("“much” is not a price."));
        replace(prompt, "0.40");
        robot.type(KeyCode.ENTER);
        assertThat(texts()).contains("$0.40 for prompts and $0.20 for answers, for a million tokens each");
        assertThat(find(TextField.class)).isEmpty();
    }

    @Test
    void deletingAsksOnceMoreInTheSamePlace() {
        stage(StagedModels::hasSeveral);
        unfold(LLAMA);
        robot.clickOn(button("Delete"));
        assertThat(staged.asked).isEmpty();
        robot.clickOn(button("Really delete the file?"));
        assertThat(staged.asked).containsExactly("delete " + LLAMA);
        assertThat(texts()).doesNotContain(LLAMA);
    }

    @Test
    void aRowKeepsItsNodesWhileOthersChange() {
        stage(StagedModels::hasSeveral);
        unfold(LLAMA);
        Node before = named("On the network");
        staged.add(StagedModels.model(
                "a-new-one",
                1_000_000_000,
                "Q4_K_M",
                4_096,
                StagedModels.starter().fit()));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(named("On the network")).isSameAs(before);
        assertThat(texts()).contains("a-new-one");
    }

    @Test
    void aLongListBeginsWithItsFirstRowsAndShowsMoreWhenAsked() {
        stage(models -> models.has(200));
        assertThat(rowsShown()).isEqualTo(24);
        StagedWindow.onScreen(() -> {
            button("Show 24 more of 176").fire();
            return null;
        });
        assertThat(rowsShown()).isEqualTo(48);
    }

    private long rowsShown() {
        return texts().filter(text -> text.matches("model-\\d+")).count();
    }

    @Test
    void theStripAtTheFootPausesADownload() throws IOException {
        StagedWindow.onScreen(() -> {
            ((Shell) window.root()).foot(new DownloadStrip(model, workbench.messages()));
            return null;
        });
        assertThat(find(DownloadStrip.class)).isEmpty();
        staged.downloadsSeveral();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(find(DownloadStrip.class)).as("they are seen above").isEmpty();
        show(Part.CATALOG);
        window.resize(900, 600);
        assertThat(texts()).contains("qwen2.5-7b-instruct-q4_k_m and 4 more");
        robot.clickOn(button("Pause"));
        assertThat(staged.asked).containsExactly("pause qwen2.5-7b-instruct-q4_k_m");
        assertThat(find(DownloadStrip.class)).isNotEmpty();
        ScreenChecks.nothingIsCutOff(window);
        window.photograph(Path.of("target/screenshots/models-strip-light-900x600.png"));
    }

    @Test
    void onlyADownloadThatNeedsThePersonIsRed() {
        DownloadStrip strip = WaitForAsyncUtils.waitForAsyncFx(2_000, () -> {
            DownloadStrip made = new DownloadStrip(model, workbench.messages());
            ((Shell) window.root()).foot(made);
            return made;
        });
        show(Part.CATALOG);
        staged.downloads.set(List.of(StagedModels.download(
                "phi",
                2_000,
                1_000,
                new Download.State.Retrying("There is no connection to the internet.", Duration.ofSeconds(12)))));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(ScreenChecks.find(strip, TextLine.class).map(TextLine::getText))
                .contains("There is no connection to the internet.");
        assertThat(red(strip)).isEmpty();

        String full = "Not enough free disk. Free space, then try again.";
        staged.downloads.set(List.of(StagedModels.download("phi", 2_000, 1_000, new Download.State.Failed(full))));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(red(strip)).containsExactly(full);
    }

    private static List<String> red(DownloadStrip strip) {
        return strip.lookupAll(".strip-trouble").stream()
                .filter(Node::isVisible)
                .map(line -> ((TextLine) line).getText())
                .toList();
    }

    @Test
    void aSearchFindsAndADownloadBegins() {
        stage(StagedModels::hasACatalog);
        robot.clickOn(button("Open the catalogue"));
        robot.clickOn(window.scene().lookup("#search")).write("granite");
        assertThat(texts()).contains("Granite 3.1 8B Instruct").doesNotContain("Qwen2.5 7B Instruct");
        robot.clickOn(button("Download"));
        assertThat(staged.asked).singleElement().asString().startsWith("fetch https://");
        robot.clickOn(window.scene().lookup("#search")).write(" nothing like it");
        assertThat(texts()).contains("Nothing was found");
        robot.clickOn(button("Show all"));
        assertThat(texts()).contains("Qwen2.5 7B Instruct");
        robot.clickOn(named("Read the licence of Qwen2.5 7B Instruct"));
        assertThat(staged.asked).last().asString().startsWith("page https://");
    }

    @Test
    @Timeout(20)
    void whatIsDroppedOnTheWindowIsTakenIn(FxRobot robot) throws IOException {
        List<Path> dropped = new CopyOnWriteArrayList<>();
        window.close();
        window = StagedWindow.of(
                Locale.US, bench -> Rooms.of(List.of(screen(bench))).withFiles(files -> dropped.addAll(files)));
        Path file = Files.writeString(folder.resolve("qwen.gguf"), "GGUF");
        whileDragging(robot, file, board -> Event.fireEvent(window.root(), dropped(board)));
        assertThat(dropped).containsExactly(file);
        assertThat(window.root().lookup(".drop-target").isVisible()).isFalse();
    }

    /**
     * A drag board belongs to a gesture of the mouse, so one is begun. The headless toolkit cannot hand it to a system, so it is
     * emptied before that would happen; nor does it know modes of transfer, so nothing can be dragged over.
     */
    private void whileDragging(FxRobot robot, Path file, Consumer<Dragboard> events) {
        Node from = window.root();
        StagedWindow.onScreen(() -> {
            from.addEventFilter(MouseEvent.DRAG_DETECTED, detected -> {
                Dragboard board = from.startDragAndDrop(TransferMode.COPY);
                board.setContent(Map.of(DataFormat.FILES, List.of(file.toFile())));
                events.accept(board);
                board.clear();
                detected.consume();
            });
            return null;
        });
        robot.moveTo(from)
                .press(MouseButton.PRIMARY)
                .moveBy(40, 40)
                .moveBy(40, 40)
                .release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private DragEvent dropped(Dragboard board) {
        return new DragEvent(DragEvent.DRAG_DROPPED, board, 5, 5, 5, 5, TransferMode.COPY, null, window.root(), null);
    }

    @Test
    void filesThatAreDraggedAreAnnouncedAndRefusedWithASentence() {
        DropTarget target = (DropTarget) window.root().lookup(".drop-target");
        assertThat(target.isVisible()).isFalse();
        StagedWindow.onScreen(() -> {
            target.show(List.of(Path.of("model.gguf")));
            return null;
        });
        assertThat(texts()).contains("Drop to add these models");
        assertThat(target.getWidth()).isEqualTo(window.scene().getWidth());
        StagedWindow.onScreen(() -> {
            target.show(List.of(Path.of("letter.docx")));
            return null;
        });
        assertThat(texts()).contains("Only .gguf files, or a folder with them, can be added");
    }

    @Test
    void aFileIsTakenInByKeyboardAlone() throws IOException {
        stage(StagedModels::hasTheStarter);
        chosen = List.of(Files.write(folder.resolve("qwen.gguf"), new byte[2_000]));
        robot.interact(() -> button("Add a model file").requestFocus());
        robot.type(KeyCode.SPACE);
        assertThat(window.scene().getFocusOwner().getId()).isEqualTo("use-where-they-lie");
        robot.type(KeyCode.ENTER);
        assertThat(staged.asked).containsExactly("take qwen.gguf");
        assertThat(texts()).contains("Added as qwen and offered to the network. It is used where it lies.");
        robot.interact(() -> button("Off the list").requestFocus());
        robot.type(KeyCode.SPACE);
        assertThat(texts()).doesNotContain("qwen.gguf");
    }

    @Test
    void everythingOfARowIsReachedByTab() {
        stage(StagedModels::hasTheStarter);
        robot.interact(() -> named("Details of sprout-1.4m-q8_0").requestFocus());
        robot.type(KeyCode.SPACE).type(KeyCode.TAB);
        assertThat(window.scene().getFocusOwner().getAccessibleText()).isEqualTo("On the network");
        robot.type(KeyCode.TAB, KeyCode.TAB);
        assertThat(((Labeled) window.scene().getFocusOwner()).getText()).isEqualTo("Change");
        robot.type(KeyCode.SPACE);
        assertThat(window.scene().getFocusOwner()).isInstanceOf(TextField.class);
        robot.type(KeyCode.ESCAPE);
        assertThat(((Labeled) window.scene().getFocusOwner()).getText()).isEqualTo("Change");
        robot.type(KeyCode.TAB, KeyCode.TAB).type(KeyCode.SPACE);
        assertThat(staged.asked).containsExactly("measure sprout-1.4m-q8_0");
    }

    @Test
    void everyControlHasANameAndNothingIsCutOff() {
        inEverySituation(window);
    }

    @Test
    void nothingIsCutOffInGerman() throws IOException {
        window.close();
        window = window(Locale.GERMANY);
        inEverySituation(window);
        window.photograph(Path.of("target/screenshots/models-catalogue-german-900x600.png"));
        show(Part.HERE);
        stage(StagedModels::isInTrouble);
        unfold("my-finetune");
        window.resize(900, 600);
        window.photograph(Path.of("target/screenshots/models-trouble-german-900x600.png"));
    }

    private void inEverySituation(StagedWindow shown) {
        for (Situation situation : Situation.values()) {
            show(situation == Situation.CATALOG ? Part.CATALOG : Part.HERE);
            stage(situation.change);
            unfoldAll();
            ScreenChecks.everyControlHasAName(shown);
            ScreenChecks.nothingIsCutOff(shown);
        }
    }

    @Test
    void readsFromRightToLeft() throws IOException {
        stage(StagedModels::downloadsSeveral);
        StagedWindow.onScreen(() -> {
            window.root().setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT);
            return null;
        });
        ScreenChecks.nothingIsCutOff(window);
        window.photograph(Path.of("target/screenshots/models-downloading-right-to-left-900x600.png"));
        Node name = labelled("qwen2.5-7b-instruct-q4_k_m");
        assertThat(ScreenChecks.inScene(button("Pause")).getMaxX())
                .isLessThan(ScreenChecks.inScene(name).getMinX() + 1);
    }

    @Test
    void photographs() throws IOException {
        for (Situation situation : Situation.values()) {
            show(situation == Situation.CATALOG ? Part.CATALOG : Part.HERE);
            stage(situation.change);
            if (situation == Situation.FULL) unfold(LLAMA);
            if (situation == Situation.CATALOG)
                StagedWindow.onScreen(() -> {
                    model.catalog().shown().getFirst().openProperty().set(true);
                    return null;
                });
            if (situation == Situation.FULL) ScreenChecks.photograph(window, "models-" + situation);
            else ScreenChecks.photographTwice(window, "models-" + situation);
        }
        show(Part.HERE);
        stage(StagedModels::hasTheStarter);
        StagedWindow.onScreen(() -> {
            model.take(List.of(
                    Files.write(folder.resolve("my-own-model.gguf"), new byte[2_000]), folder.resolve("x.txt")));
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
        ScreenChecks.photographTwice(window, "models-arriving");
        StagedWindow.onScreen(() -> {
            ((DropTarget) window.root().lookup(".drop-target")).show(List.of(Path.of("my-own-model.gguf")));
            return null;
        });
        ScreenChecks.photographTwice(window, "models-dragging");
    }

    /** What Models can look like. */
    private enum Situation {
        EMPTY(models -> {}),
        FIRST(StagedModels::hasTheStarter),
        FULL(StagedModels::hasSeveral),
        DOWNLOADING(StagedModels::downloadsSeveral),
        TROUBLE(StagedModels::isInTrouble),
        CATALOG(StagedModels::hasACatalog);

        private final Consumer<StagedModels> change;

        Situation(Consumer<StagedModels> change) {
            this.change = change;
        }
    }

    private void stage(Consumer<StagedModels> change) {
        staged.reset();
        change.accept(staged);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void show(Part part) {
        StagedWindow.onScreen(() -> {
            model.partProperty().set(part);
            return null;
        });
    }

    private void unfold(String name) {
        StagedWindow.onScreen(() -> {
            rows().filter(row -> row.faceProperty().get().name().equals(name))
                    .forEach(row -> row.openProperty().set(true));
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
        window.resize(1280, 800);
    }

    private void unfoldAll() {
        StagedWindow.onScreen(() -> {
            rows().forEach(row -> {
                row.openProperty().set(true);
                row.editPrice();
            });
            model.catalog().shown().forEach(row -> row.openProperty().set(true));
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Stream<ModelRow> rows() {
        return model.here().stream().filter(ModelRow.class::isInstance).map(ModelRow.class::cast);
    }

    private void replace(TextField field, String text) {
        robot.interact(() -> {
            field.requestFocus();
            field.setText(text);
        });
    }

    private Stream<String> texts() {
        return find(Labeled.class).map(Labeled::getText);
    }

    private Node labelled(String text) {
        return find(Labeled.class)
                .filter(each -> text.equals(each.getText()))
                .findFirst()
                .orElseThrow();
    }

    private Button button(String text) {
        return find(Button.class)
                .filter(each -> text.equals(each.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no button " + text));
    }

    private Node named(String name) {
        return find(Node.class)
                .filter(node -> name.equals(node.getAccessibleText()) && node.isFocusTraversable())
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is nothing named " + name));
    }

    private <T extends Node> Stream<T> find(Class<T> type) {
        return ScreenChecks.find(window.root(), type);
    }
}
