package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.session.TestOrchestrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The whole program as a person uses it, on the headless toolkit, with the real host and engine. */
class DesktopAppTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROOMS = 8;

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private Optional<DesktopApp> app = Optional.empty();

    @BeforeEach
    void startTheToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    @AfterEach
    void close() throws Exception {
        if (app.isPresent()) FxToolkit.cleanupApplication(app.get());
        FxToolkit.cleanupStages();
    }

    @Test
    void aPersonStartsSharingAndStops() throws Exception {
        try (TestOrchestrator orchestrator = new TestOrchestrator()) {
            open();
            robot.clickOn(node("#address")).write(orchestrator.address().text());
            robot.clickOn(node("#share"));
            awaitStatus("Sharing: waiting for a prompt");
            assertThat(text("#slots")).isEqualTo("0 of 8 slots busy");

            robot.clickOn(node("#share"));
            awaitStatus("Not sharing");
        }
    }

    @Test
    void theFirstStepsAreShownUntilTheyAreFinishedOrSkipped() throws Exception {
        launch();
        await().atMost(PATIENCE).until(() -> find("#step-title").isPresent());
        FxToolkit.cleanupApplication(app.orElseThrow());

        launch();
        await().atMost(PATIENCE).until(() -> find("#step-title").isPresent());
        robot.clickOn(node("#skip"));
        await().atMost(PATIENCE).until(() -> find("#share").isPresent());
        await().atMost(PATIENCE)
                .until(() -> DesktopSettings.read(DesktopSettings.file(folder))
                        .firstRunDone()
                        .equals(Optional.of(true)));
    }

    @Test
    void everyRoomOpensByKeyboardAndItsControlsHaveNames() throws Exception {
        open();
        Set<Node> opened = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int digit = 1; digit <= ROOMS; digit++) {
            robot.push(KeyCode.CONTROL, KeyCode.getKeyCode(Integer.toString(digit)));
            WaitForAsyncUtils.waitForFxEvents();
            Parent root = root();
            assertThat(opened.add(contentOf(root))).as("room " + digit).isTrue();
            ScreenChecks.everyControlHasAName(root);
        }
    }

    private static Node contentOf(Parent root) {
        return StagedWindow.onScreen(() -> ((ScrollPane) root.lookup(".content")).getContent());
    }

    private static Parent root() {
        return StagedWindow.onScreen(() -> Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .filter(Window::isShowing)
                .map(window -> window.getScene().getRoot())
                .findFirst()
                .orElseThrow());
    }

    @Test
    void aSecondInstanceSaysThatTheFolderIsInUse() throws Exception {
        try (var _ = InstanceLock.take(new AppFolders(folder))) {
            launch();
            await().atMost(PATIENCE).until(() -> find("#problem").isPresent());
            assertThat(text("#problem")).contains("Another PeerLLM host uses the data folder");
        }
    }

    /** As a person who has seen the first steps already. */
    private void open() throws TimeoutException {
        DesktopSettings.DEFAULTS.withFirstRunDone(true).write(DesktopSettings.file(folder));
        launch();
        await().atMost(PATIENCE).until(() -> find("#share").isPresent());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void launch() throws TimeoutException {
        app = Optional.of((DesktopApp) FxToolkit.setupApplication(DesktopApp.class, "--data", folder.toString()));
    }

    private void awaitStatus(String sentence) {
        await().atMost(PATIENCE).until(() -> text("#status").equals(sentence));
    }

    private String text(String id) {
        return StagedWindow.onScreen(() -> ((Labeled) node(id)).getText());
    }

    private Node node(String id) {
        return find(id).orElseThrow();
    }

    private static Optional<Node> find(String id) {
        return StagedWindow.onScreen(() -> Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .filter(Window::isShowing)
                .map(window -> window.getScene().lookup(id))
                .filter(node -> node != null)
                .findFirst());
    }
}
