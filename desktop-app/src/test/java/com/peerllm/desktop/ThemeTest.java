package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.ThemeChoice;
import java.util.ArrayList;
import java.util.List;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class ThemeTest {
    private final SimpleObjectProperty<ColorScheme> system = new SimpleObjectProperty<>(ColorScheme.LIGHT);
    private final List<String> styles = new ArrayList<>();

    @Test
    void followsTheSystemWhileNothingElseIsChosen() {
        Theme theme = new Theme(ThemeChoice.SYSTEM, system, styles::add);
        assertThat(theme.isDark()).isFalse();

        system.set(ColorScheme.DARK);

        assertThat(theme.isDark()).isTrue();
        assertThat(styles).hasSize(2);
        assertThat(styles.getFirst()).contains("primer-light");
        assertThat(styles.getLast()).contains("primer-dark");
    }

    @Test
    void aChoiceHoldsWhateverTheSystemSays() {
        Theme theme = new Theme(ThemeChoice.DARK, system, styles::add);
        system.set(ColorScheme.DARK);
        system.set(ColorScheme.LIGHT);
        assertThat(theme.isDark()).isTrue();
        assertThat(styles).hasSize(1);
    }

    @Test
    void goesBackToTheSystemWhenAsked() {
        Theme theme = new Theme(ThemeChoice.DARK, system, styles::add);
        theme.choiceProperty().set(ThemeChoice.SYSTEM);
        assertThat(theme.isDark()).isFalse();
    }
}
