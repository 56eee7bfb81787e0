package com.peerllm.endtoend.window;

import static org.awaitility.Awaitility.await;

import com.peerllm.desktop.DesktopApp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Somebody in front of the window: sees what is visible, clicks and types, and takes photographs. */
final class Person implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PHOTOGRAPHS = Path.of("target/screenshots");

    private final FxRobot robot = new FxRobot();
    private final DesktopApp app;

    /** @param arguments of {@code peerllm desktop} */
    Person(String... arguments) throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        app = (DesktopApp) FxToolkit.setupApplication(DesktopApp.class, arguments);
    }

    void click(String id) {
        await("#" + id)
                .atMost(PATIENCE)
                .until(() -> visible(id).filter(node -> !node.isDisabled()).isPresent());
        robot.clickOn(visible(id).orElseThrow());
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** What is labelled with exactly this. */
    void clickText(String text) {
        await(text).atMost(PATIENCE).until(() -> labelled(text).isPresent());
        robot.clickOn(labelled(text).orElseThrow());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Optional<Labeled> labelled(String text) {
        return onScreen(() -> root().stream()
                .flatMap(root -> all(root, Labeled.class))
                .filter(label -> text.equals(label.getText()))
                .findFirst());
    }

    /** In the place of what stands there. */
    void type(String id, String text) {
        click(id);
        robot.interact(() -> ((TextInputControl) visible(id).orElseThrow()).clear());
        robot.write(text);
        WaitForAsyncUtils.waitForFxEvents();
    }

    void press(KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    void awaitText(String id, Predicate<String> wanted) {
        await("text of #" + id).atMost(PATIENCE).until(() -> text(id), wanted);
    }

    /** Waits until a text with these words is seen anywhere. */
    void awaitWords(String words) {
        await(words).atMost(PATIENCE).until(() -> sees(words));
    }

    boolean sees(String words) {
        return onScreen(() -> root().stream()
                .flatMap(root -> all(root, Labeled.class))
                .anyMatch(label -> label.getText() != null && label.getText().contains(words)));
    }

    /** Empty while it is not there. */
    String text(String id) {
        return onScreen(() -> visible(id)
                .map(node -> node instanceof Labeled label ? label.getText() : node.getAccessibleText())
                .orElse(""));
    }

    Optional<Node> visible(String id) {
        return onScreen(() -> root().stream()
                .flatMap(root -> all(root, Node.class))
                .filter(node -> id.equals(node.getId()))
                .findFirst());
    }

    /** As {@code target/screenshots/NAME.png}. */
    void photograph(String name) throws IOException {
        WritableImage picture = onScreen(() -> {
            Scene scene = root().orElseThrow().getScene();
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            return scene.snapshot(null);
        });
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        int[] pixels = new int[width * height];
        picture.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        Files.createDirectories(PHOTOGRAPHS);
        ImageIO.write(copy, "png", PHOTOGRAPHS.resolve(name + ".png").toFile());
    }

    private static Optional<Parent> root() {
        return Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .filter(Window::isShowing)
                .map(window -> window.getScene().getRoot())
                .findFirst();
    }

    private static <T extends Node> Stream<T> all(Node node, Class<T> type) {
        if (!node.isVisible()) return Stream.empty();
        Stream<T> self = type.isInstance(node) ? Stream.of(type.cast(node)) : Stream.empty();
        if (!(node instanceof Parent parent)) return self;
        return Stream.concat(
                self, List.copyOf(parent.getChildrenUnmodifiable()).stream().flatMap(child -> all(child, type)));
    }

    private static <T> T onScreen(Callable<T> action) {
        return WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(action));
    }

    /** Quits the program. */
    @Override
    public void close() throws TimeoutException {
        FxToolkit.cleanupApplication(app);
        FxToolkit.cleanupStages();
    }
}
