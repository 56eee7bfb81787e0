package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.ThemeChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;
import org.testfx.util.WaitForAsyncUtils;

/** What must be true of every screen, and its photographs for people to look at. */
public final class ScreenChecks {
    private static final Path FOLDER = Path.of("target/screenshots");

    private ScreenChecks() {}

    /** In light and dark and both sizes, as {@code target/screenshots/NAME-LOOK-WIDTHxHEIGHT.png}. */
    public static void photograph(StagedWindow window, String name) throws IOException {
        for (ThemeChoice look : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
            window.look(look);
            photograph(window, name, look, 1280, 800);
            photograph(window, name, look, 900, 600);
        }
    }

    /** Of a state beside the main one: light in the large window, dark in the small one. */
    public static void photographTwice(StagedWindow window, String name) throws IOException {
        window.look(ThemeChoice.LIGHT);
        photograph(window, name, ThemeChoice.LIGHT, 1280, 800);
        window.look(ThemeChoice.DARK);
        photograph(window, name, ThemeChoice.DARK, 900, 600);
    }

    private static void photograph(StagedWindow window, String name, ThemeChoice look, int width, int height)
            throws IOException {
        window.resize(width, height);
        String file = name + "-" + look + "-" + width + "x" + height + ".png";
        Path path = FOLDER.resolve(file.toLowerCase(Locale.ROOT));
        window.photograph(path);
        assertThat(path).isNotEmptyFile();
    }

    /** For screen readers. */
    public static void everyControlHasAName(StagedWindow window) {
        everyControlHasAName(window.root());
    }

    static void everyControlHasAName(Node root) {
        assertThat(find(root, Control.class).filter(Node::isFocusTraversable))
                .isNotEmpty()
                .allSatisfy(ScreenChecks::hasAName);
    }

    private static void hasAName(Node node) {
        boolean labelled = node instanceof Labeled labeled
                && labeled.getText() != null
                && !labeled.getText().isBlank();
        String own = node.getAccessibleText();
        assertThat(labelled || own != null && !own.isBlank())
                .as("name of " + node)
                .isTrue();
    }

    /** In the small window: no text is shortened, and nothing stands outside at the sides. */
    public static void nothingIsCutOff(StagedWindow window) {
        window.resize(900, 600);
        WaitForAsyncUtils.waitForFxEvents();
        Bounds inside = window.root().getLayoutBounds();
        for (Labeled labeled : find(window.root(), Labeled.class).toList()) {
            if (labeled.getText() == null || labeled.getText().isEmpty()) continue;
            String shown = find(labeled, Text.class)
                    .filter(text -> !(text instanceof FontIcon))
                    .map(Text::getText)
                    .collect(Collectors.joining());
            assertThat(shown.replaceAll("\\s+", "")).isEqualTo(labeled.getText().replaceAll("\\s+", ""));
            Bounds bounds = inScene(labeled);
            assertThat(bounds.getMinX()).as(labeled.getText()).isNotNegative();
            assertThat(bounds.getMaxX()).as(labeled.getText()).isLessThanOrEqualTo(inside.getWidth());
        }
    }

    /** Everything of the open screen can be seen at once. */
    public static void fitsWithoutScrolling(StagedWindow window) {
        ScrollPane content = find(window.root(), ScrollPane.class).findFirst().orElseThrow();
        assertThat(content.getContent().getLayoutBounds().getHeight())
                .as("fits without scrolling")
                .isLessThanOrEqualTo(content.getViewportBounds().getHeight() + 1);
    }

    /** What is visible of a type under a node, in the order of the scene. */
    public static <T extends Node> Stream<T> find(Node node, Class<T> type) {
        if (!node.isVisible()) return Stream.empty();
        Stream<T> self = type.isInstance(node) ? Stream.of(type.cast(node)) : Stream.empty();
        if (!(node instanceof Parent parent)) return self;
        return Stream.concat(self, parent.getChildrenUnmodifiable().stream().flatMap(child -> find(child, type)));
    }

    public static Bounds inScene(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }
}
