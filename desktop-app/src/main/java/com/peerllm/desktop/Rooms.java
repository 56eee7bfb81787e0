package com.peerllm.desktop;

import com.peerllm.desktop.home.HomeViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;

/**
 * All that the window holds once the host is open.
 *
 * @param screens in the order of the navigation; the first is open at the start
 * @param firstRun the few steps of the first start, which take the whole window; empty in a window without them
 * @param beginsWithFirstRun whether they are shown at once
 * @param home what the side's foot and the tray follow; empty in a window without Home
 * @param foot stands at the foot of every screen
 * @param notice stands above what the side says of sharing
 * @param files takes files that were given to the program: dropped on the window, or named at its start or at a second start
 */
record Rooms(
        List<Screen> screens,
        Optional<Screen> firstRun,
        boolean beginsWithFirstRun,
        Optional<HomeViewModel> home,
        Optional<Foot> foot,
        Optional<Supplier<Node>> notice,
        Consumer<List<Path>> files) {

    /** Screens and nothing else. */
    static Rooms of(List<Screen> screens) {
        return new Rooms(
                screens, Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty(), files -> {});
    }

    Rooms withFirstRun(Screen steps, boolean atOnce) {
        return new Rooms(screens, Optional.of(steps), atOnce, home, foot, notice, files);
    }

    Rooms withHome(HomeViewModel model) {
        return new Rooms(screens, firstRun, beginsWithFirstRun, Optional.of(model), foot, notice, files);
    }

    Rooms withFoot(Foot one) {
        return new Rooms(screens, firstRun, beginsWithFirstRun, home, Optional.of(one), notice, files);
    }

    Rooms withNotice(Supplier<Node> one) {
        return new Rooms(screens, firstRun, beginsWithFirstRun, home, foot, Optional.of(one), files);
    }

    Rooms withFiles(Consumer<List<Path>> taker) {
        return new Rooms(screens, firstRun, beginsWithFirstRun, home, foot, notice, taker);
    }

    void close() {
        screens.forEach(screen -> screen.model().close());
        firstRun.ifPresent(screen -> screen.model().close());
        foot.ifPresent(one -> one.model().close());
    }

    void refresh() {
        screens.forEach(screen -> screen.model().refresh());
        firstRun.ifPresent(screen -> screen.model().refresh());
        foot.ifPresent(one -> one.model().refresh());
    }
}
