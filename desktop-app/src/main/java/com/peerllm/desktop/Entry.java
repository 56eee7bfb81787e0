package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ScreenModel;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The entries of the navigation in their order, each with its title and its icon. */
enum Entry {
    HOME(Room.HOME, messages -> messages.text("shell.home"), Feather.HOME),
    MODELS(Room.MODELS, messages -> messages.text("models.title"), Feather.BOX),
    MARKET(Room.MARKET, messages -> messages.text("market.title"), Feather.TAG),
    CHAT(Room.CHAT, messages -> messages.text("chat.screen"), Feather.MESSAGE_SQUARE),
    EARNINGS(Room.EARNINGS, messages -> messages.text("earnings.title"), Feather.BAR_CHART_2),
    RULES(Room.RULES, messages -> messages.text("rules.title"), Feather.SLIDERS),
    SETTINGS(Room.SETTINGS, messages -> messages.text("shell.settings"), Feather.SETTINGS),
    LOGS(Room.LOGS, messages -> messages.text("logs.title"), Feather.FILE_TEXT);

    private final Room room;
    private final Function<Messages, String> title;
    private final Ikon icon;

    /** @param title in the person's language */
    Entry(Room room, Function<Messages, String> title, Ikon icon) {
        this.room = room;
        this.title = title;
        this.icon = icon;
    }

    Room room() {
        return room;
    }

    /** @param view builds the screen; called once, when it is first opened */
    Screen screen(ScreenModel model, Supplier<Region> view, Messages messages) {
        return new Screen(room, title.apply(messages), icon, model, view);
    }
}
