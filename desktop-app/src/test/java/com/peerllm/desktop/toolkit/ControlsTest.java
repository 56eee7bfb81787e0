package com.peerllm.desktop.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The shared controls, pressed as a person does. */
@ExtendWith(ApplicationExtension.class)
class ControlsTest {
    private final List<String> asked = new ArrayList<>();
    private final SimpleObjectProperty<Boolean> on = new SimpleObjectProperty<>(false);
    private final SimpleObjectProperty<String> chosen = new SimpleObjectProperty<>("week");
    private final SimpleObjectProperty<Optional<String>> trouble = new SimpleObjectProperty<>(Optional.empty());
    private boolean granted = true;

    private TwoStepButton delete;
    private SwitchRow battery;
    private ChoiceBar<String> span;
    private TroubleLine line;
    private TextField elsewhere;

    @Start
    void open(Stage stage) {
        delete = new TwoStepButton("Delete", "Really delete?", () -> asked.add("deleted"));
        battery = new SwitchRow("On battery", "Also without mains power.", on, wish -> {
            asked.add("battery " + wish);
            if (granted) on.set(wish);
        });
        span = new ChoiceBar<>(
                "Span",
                List.of(new ChoiceBar.Choice<>("day", "Today"), new ChoiceBar.Choice<>("week", "7 days")),
                chosen,
                wish -> {
                    asked.add(wish);
                    if (granted) chosen.set(wish);
                });
        line = new TroubleLine(trouble);
        elsewhere = new TextField();
        stage.setScene(new Scene(new VBox(delete, battery, span, line, elsewhere), 600, 400));
        stage.show();
    }

    @Test
    void whatCannotBeUndoneIsAskedForTwice(FxRobot robot) {
        robot.clickOn(delete);
        assertThat(asked).isEmpty();
        assertThat(delete.getText()).isEqualTo("Really delete?");
        robot.clickOn(delete);
        assertThat(asked).containsExactly("deleted");
        assertThat(delete.getText()).isEqualTo("Delete");
    }

    @Test
    void escapeOrGoingElsewhereTakesTheFirstPressBack(FxRobot robot) {
        robot.clickOn(delete).type(KeyCode.ESCAPE);
        assertThat(delete.getText()).isEqualTo("Delete");
        robot.clickOn(delete).clickOn(elsewhere);
        assertThat(delete.getText()).isEqualTo("Delete");
        assertThat(asked).isEmpty();
    }

    @Test
    void aSwitchAsksAndShowsWhatIsSo(FxRobot robot) {
        robot.clickOn(battery.toggle());
        assertThat(battery.toggle().isSelected()).isTrue();
        robot.interact(() -> on.set(false));
        assertThat(battery.toggle().isSelected()).isFalse();
        assertThat(asked).containsExactly("battery true");
    }

    @Test
    void aWishThatIsRefusedLeavesWhatWasSo(FxRobot robot) {
        granted = false;
        robot.clickOn(battery.toggle());
        assertThat(battery.toggle().isSelected()).isFalse();
        robot.clickOn((ToggleButton) span.getChildren().getFirst());
        assertThat(((ToggleButton) span.getChildren().getFirst()).isSelected()).isFalse();
        assertThat(((ToggleButton) span.getChildren().getLast()).isSelected()).isTrue();
        assertThat(asked).containsExactly("battery true", "day");
    }

    @Test
    void aTroubleLineTakesRoomOnlyWhenThereIsTrouble(FxRobot robot) {
        assertThat(line.isManaged()).isFalse();
        robot.interact(() -> trouble.set(Optional.of("The folder is full. Choose another.")));
        assertThat(line.isVisible()).isTrue();
    }
}
