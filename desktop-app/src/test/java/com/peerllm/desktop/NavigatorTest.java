package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.desktop.toolkit.Room;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

class NavigatorTest {
    private final AtomicInteger built = new AtomicInteger();
    private final Screen first = screen(Room.HOME, Pane::new);
    private final Screen second = screen(Room.MODELS, () -> {
        built.incrementAndGet();
        return new Pane();
    });
    private final Navigator navigator = new Navigator(List.of(first, second));

    private static Screen screen(Room room, Supplier<Region> view) {
        return new Screen(room, room.name(), Feather.BOX, () -> {}, view);
    }

    @Test
    void beginsWithTheFirstScreen() {
        assertThat(navigator.currentProperty().get()).isEqualTo(first);
    }

    @Test
    void buildsAScreenWhenItIsFirstOpenedAndKeepsIt() {
        assertThat(built).hasValue(0);
        navigator.open(Room.MODELS);
        assertThat(navigator.view(second)).isSameAs(navigator.view(second));
        assertThat(built).hasValue(1);
    }

    @Test
    void opensOnlyItsOwnScreens() {
        assertThatThrownBy(() -> navigator.open(Room.CHAT)).isInstanceOf(IllegalArgumentException.class);
    }
}
