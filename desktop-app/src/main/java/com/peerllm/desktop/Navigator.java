package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Room;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.layout.Region;

/** Which screen is open. A screen is built when it is first opened and then kept. */
public final class Navigator {
    private final List<Screen> screens;
    private final ReadOnlyObjectWrapper<Screen> current;
    private final Map<Screen, Region> built = new HashMap<>();

    /** @param screens in the order of the navigation; the first is open at the start */
    public Navigator(List<Screen> screens) {
        this.screens = List.copyOf(screens);
        this.current = new ReadOnlyObjectWrapper<>(this.screens.getFirst());
    }

    public List<Screen> screens() {
        return screens;
    }

    public ReadOnlyObjectProperty<Screen> currentProperty() {
        return current.getReadOnlyProperty();
    }

    public void open(Room room) {
        current.set(screens.stream()
                .filter(screen -> screen.room() == room)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not a screen of this window: " + room)));
    }

    Region view(Screen screen) {
        return built.computeIfAbsent(screen, s -> s.view().get());
    }
}
