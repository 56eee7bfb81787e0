package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

class NavigatorTest {
    private final AtomicInteger built = new AtomicInteger();
    private final Screen first = new Screen("First", Feather.HOME, Pane::new);
    private final Screen second = new Screen("Second", Feather.BOX, () -> {
        built.incrementAndGet();
        return new Pane();
    });
    private final Navigator navigator = new Navigator(List.of(first, second));

    @Test
    void beginsWithTheFirstScreen() {
        assertThat(navigator.currentProperty().get()).isEqualTo(first);
    }

    @Test
    void buildsAScreenWhenItIsFirstOpenedAndKeepsIt() {
        assertThat(built).hasValue(0);
        navigator.open(second);
        assertThat(navigator.view(second)).isSameAs(navigator.view(second));
        assertThat(built).hasValue(1);
    }

    @Test
    void opensOnlyItsOwnScreens() {
        assertThatThrownBy(() -> navigator.open(new Screen("Other", Feather.X, Pane::new)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
