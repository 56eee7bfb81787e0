package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.ProblemWording;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.chats.Chat;
import com.peerllm.host.kernel.HostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Chat as a whole: the list, the open chat, the models, and what is kept. All of it belongs to the thread of the screens. */
public final class ChatViewModel implements ScreenModel {
    private static final int NAME_LENGTH = 40;

    private final ChatSource source;
    private final Workbench bench;
    private final ChatListModel list;
    private final AnswerersModel answerers;
    private final OpenChatModel open;
    private final HistoryModel history;
    private final ReadOnlyLongWrapper openId = new ReadOnlyLongWrapper();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");

    public ChatViewModel(ChatSource source, Workbench bench) {
        this.source = source;
        this.bench = bench;
        list = new ChatListModel(source.chats(), bench);
        answerers = new AnswerersModel(source.assistant(), bench);
        open = new OpenChatModel(source, answerers, bench);
        history = new HistoryModel(source.chats(), bench);
        begin();
    }

    public ChatListModel list() {
        return list;
    }

    public AnswerersModel answerers() {
        return answerers;
    }

    public OpenChatModel open() {
        return open;
    }

    public HistoryModel history() {
        return history;
    }

    /** The chat that is open. */
    public ReadOnlyLongProperty openIdProperty() {
        return openId.getReadOnlyProperty();
    }

    /** Why a chat could not be opened; empty when it could. */
    public ReadOnlyStringProperty troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** The screen is seen for the first time. */
    public void seen() {
        answerers.readNetwork();
    }

    /** Opens a chat in which nothing was said yet. */
    public void begin() {
        AnswererChoice model = answerers.chosenProperty().get();
        show(source.chats().begin(model == null ? "" : model.id()));
    }

    public void open(long id) {
        if (id == openId.get()) return;
        openId.set(id);
        bench.background().execute(() -> {
            try {
                Optional<Chat> chat = source.chats().open(id);
                bench.fxThread().execute(() -> {
                    if (openId.get() == id) chat.ifPresentOrElse(this::show, this::begin);
                });
            } catch (HostException e) {
                bench.fxThread().execute(() -> trouble.set(ProblemWording.of(e, bench.messages())));
            }
        });
    }

    private void show(Chat chat) {
        trouble.set("");
        openId.set(chat.id());
        open.show(chat);
    }

    /** Deletes it, and opens the chat after it, or an empty one. */
    public void delete(long id) {
        int place = placeOf(id);
        list.delete(id);
        if (id != openId.get()) return;
        if (place < 0 || list.lines().isEmpty()) begin();
        else open(list.lines().get(Math.min(place, list.lines().size() - 1)).id());
    }

    private int placeOf(long id) {
        for (int i = 0; i < list.lines().size(); i++) if (list.lines().get(i).id() == id) return i;
        return -1;
    }

    /** Takes the last deletion back. */
    public void takeBack() {
        list.takeBack().ifPresent(this::open);
    }

    public void deleteAll() {
        history.deleteAll();
        list.forgetDeletion();
        begin();
    }

    /** What a file with the open chat, or with all, would be called. */
    public String fileName(boolean all, boolean json) {
        String name = all ? "peerllm-chats" : plain(open.titleProperty().get());
        return name + (json ? ".json" : ".md");
    }

    private static String plain(String title) {
        String plain = title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        String name = plain.substring(0, Math.min(plain.length(), NAME_LENGTH)).replaceAll("^-|-$", "");
        return name.isEmpty() ? "chat" : name;
    }

    public void export(Path file, boolean all, boolean json) {
        history.export(file, json, all ? Optional.empty() : Optional.of(openId.get()));
    }

    public void goToModels() {
        bench.goTo().accept(Room.MODELS);
    }

    @Override
    public void refresh() {
        list.refresh();
        answerers.refresh();
        open.refresh();
    }

    @Override
    public void close() {
        list.close();
        open.close();
        history.close();
    }
}
