package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.desktop.toolkit.FigureText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

/** The real window on the headless toolkit, over a staged host. */
@ExtendWith(ApplicationExtension.class)
class HomeWindowTest {
    private final FxRobot robot = new QuickRobot();
    private StagedWindow window;

    @BeforeEach
    void open() {
        window = new StagedWindow(Locale.US);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void theButtonStartsSharingWithTheTypedAddress() {
        robot.clickOn(node("#address")).write(StagedHost.ADDRESS);
        robot.clickOn(node("#share"));
        assertThat(window.host.asked).containsExactly("start " + StagedHost.ADDRESS);
    }

    @Test
    void theSameButtonStopsIt() {
        window.stage(StagedHost::shares);
        assertThat(button().getText()).isEqualTo("Stop");
        robot.clickOn(node("#share"));
        assertThat(window.host.asked).containsExactly("stop");
    }

    @Test
    void everythingWorksByKeyboard() {
        assertThat(reachedByTab()).containsExactly("Home", "share", "address");
        robot.interact(() -> window.scene().lookup("#address").requestFocus());
        robot.write(StagedHost.ADDRESS).type(KeyCode.ENTER);
        assertThat(window.host.asked).containsExactly("start " + StagedHost.ADDRESS);
        window.stage(StagedHost::shares);
        robot.interact(() -> button().requestFocus());
        robot.type(KeyCode.SPACE);
        assertThat(window.host.asked).endsWith("stop");
    }

    @Test
    void everyControlHasANameForScreenReaders() {
        for (Situation situation : Situation.values()) {
            window.stage(situation);
            ScreenChecks.everyControlHasAName(window);
            assertThat(find(FigureText.class)).isNotEmpty().allSatisfy(figure -> {
                assertThat(figure.getAccessibleRole()).isEqualTo(AccessibleRole.TEXT);
                assertThat(figure.getAccessibleText()).isNotBlank();
            });
        }
    }

    @Test
    void nothingIsCutOffInTheSmallWindow() {
        assertNothingIsEverCutOff(window);
    }

    @Test
    void nothingIsCutOffInGerman() {
        try (StagedWindow german = new StagedWindow(Locale.GERMANY)) {
            assertNothingIsEverCutOff(german);
        }
    }

    @Test
    void readsFromRightToLeftWithoutTurningFiguresAround() throws IOException {
        window.stage(StagedHost::shares);
        StagedWindow.onScreen(() -> {
            window.root().setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT);
            return null;
        });
        window.resize(900, 600);
        assertNothingIsCutOff(window);
        window.photograph(Path.of("target/screenshots/home-sharing-right-to-left-900x600.png"));
        assertThat(inScene(node("#share")).getMinX())
                .isLessThan(inScene(node("#status")).getMinX());
        assertThat(inScene(node("#earned-today")).getMaxX())
                .isEqualTo(inScene(node("#earnings-note")).getMaxX());
        List<String> cells = new ArrayList<>();
        ((Parent) node("#tokens-in"))
                .getChildrenUnmodifiable().stream()
                        .sorted((a, b) ->
                                Double.compare(inScene(a).getMinX(), inScene(b).getMinX()))
                        .forEach(cell -> cells.add(((Labeled) cell).getText()));
        assertThat(String.join("", cells)).isEqualTo("12,048");
    }

    @Test
    void everyDigitTakesTheSameRoomInEveryFont() {
        window.stage(StagedHost::shares);
        List<Label> digits = find(FigureText.class)
                .flatMap(figure -> figure.getChildren().stream())
                .map(Label.class::cast)
                .filter(cell -> cell.getText().matches("\\d") && cell.getFont().getSize() == 20)
                .toList();
        assertThat(digits).hasSizeGreaterThan(5);
        assertThat(digits.stream().map(Label::getPrefWidth).distinct())
                .singleElement()
                .satisfies(width -> assertThat(width).isPositive());
    }

    @Test
    void followsTheHostWithoutAnybodyPressingAnything() {
        window.stage(StagedHost::connects);
        assertThat(text("#status")).isEqualTo("Connecting");
        assertThat(text("#presence")).isEqualTo("Starting");
        window.stage(StagedHost::shares);
        assertThat(text("#status")).isEqualTo("Sharing: 2 answers running");
        assertThat(node("#address").getParent().isVisible())
                .as("a known address is changed in the settings")
                .isFalse();
        assertThat(text("#presence")).isEqualTo("Sharing");
        window.stage(StagedHost::losesTheNetwork);
        assertThat(text("#status")).isEqualTo("Offline");
        assertThat(text("#presence")).isEqualTo("Offline");
        assertThat(node("#confirmed").isVisible()).isFalse();
    }

    @Test
    void countsTheSecondsToTheNextTry() {
        window.stage(StagedHost::losesTheNetwork);
        assertThat(text("#reason")).endsWith("Next try in 12 seconds.");
        window.host.computes();
        window.tick();
        assertThat(text("#reason")).endsWith("Next try in 10 seconds.");
    }

    private List<String> reachedByTab() {
        List<String> reached = new ArrayList<>();
        robot.interact(() -> find(Control.class)
                .filter(Node::isFocusTraversable)
                .findFirst()
                .orElseThrow()
                .requestFocus());
        while (reached.size() < 20) {
            Node focused = window.scene().getFocusOwner();
            String name = nameOf(focused);
            if (reached.contains(name)) return reached;
            reached.add(name);
            robot.type(KeyCode.TAB);
        }
        return reached;
    }

    private static String nameOf(Node node) {
        if (node.getId() != null) return node.getId();
        return node.getAccessibleText() != null ? node.getAccessibleText() : ((Labeled) node).getText();
    }

    private static void assertNothingIsEverCutOff(StagedWindow window) {
        for (Situation situation : Situation.values()) {
            window.stage(situation);
            assertNothingIsCutOff(window);
        }
    }

    private static void assertNothingIsCutOff(StagedWindow window) {
        ScreenChecks.nothingIsCutOff(window);
        ScreenChecks.fitsWithoutScrolling(window);
    }

    private Button button() {
        return (Button) node("#share");
    }

    private String text(String id) {
        return ((Labeled) node(id)).getText();
    }

    private Node node(String id) {
        return window.scene().lookup(id);
    }

    private <T extends Node> Stream<T> find(Class<T> type) {
        return ScreenChecks.find(window.root(), type);
    }

    private static Bounds inScene(Node node) {
        return ScreenChecks.inScene(node);
    }
}
