package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.chats.Chat;
import com.peerllm.host.chats.ChatEntry;
import com.peerllm.host.chats.ChatLimits;
import com.peerllm.host.chats.ChatState;
import com.peerllm.host.chats.LiveAnswer;
import com.peerllm.host.chats.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The chat that is open: what was said, what is being said, and what the person is about to say. Belongs to the thread of the screens. */
public final class OpenChatModel implements AutoCloseable {
    private final ChatSource source;
    private final Workbench bench;
    private final Messages messages;
    private final TurnWording wording;
    private final AnswerersModel answerers;

    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<TurnText>> turns = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<LiveText> live = new ReadOnlyObjectWrapper<>(LiveText.NONE);
    private final ReadOnlyBooleanWrapper answering = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
    private final StringProperty draft = new SimpleStringProperty("");
    private final StringProperty instructions = new SimpleStringProperty("");
    private final BooleanProperty favourite = new SimpleBooleanProperty();
    private final Map<Long, String> drafts = new HashMap<>();

    private Optional<Chat> chat = Optional.empty();
    private FxSignals signals;
    private ReadOnlyObjectProperty<ChatState> state = new ReadOnlyObjectWrapper<>(ChatState.EMPTY);
    private int liveLength = -1;

    OpenChatModel(ChatSource source, AnswerersModel answerers, Workbench bench) {
        this.source = source;
        this.answerers = answerers;
        this.bench = bench;
        messages = bench.messages();
        wording = new TurnWording(messages);
        signals = new FxSignals(bench.fxThread());
        draft.addListener(change -> notice.set(""));
    }

    /** Shows this chat; what was typed in the one before is kept for it. */
    void show(Chat next) {
        keepWhatWasTyped();
        signals.close();
        signals = new FxSignals(bench.fxThread());
        chat = Optional.of(next);
        source.chats().entry(next.id()).ifPresent(entry -> {
            instructions.set(entry.instructions());
            if (!entry.model().isEmpty()) answerers.choose(entry.model());
        });
        draft.set(drafts.getOrDefault(next.id(), ""));
        notice.set("");
        ReadOnlyObjectProperty<ChatState> mine = signals.follow(next.state());
        state = mine;
        mine.addListener(change -> {
            if (state == mine) showState();
        });
        showState();
        refresh();
    }

    private void keepWhatWasTyped() {
        chat.ifPresent(before -> {
            if (draft.get().isBlank()) drafts.remove(before.id());
            else drafts.put(before.id(), draft.get());
            source.chats().instruct(before.id(), instructions.get());
        });
    }

    long id() {
        return chat.map(Chat::id).orElse(-1L);
    }

    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<TurnText>> turnsProperty() {
        return turns.getReadOnlyProperty();
    }

    /** What the answer on its way has said, as of the last {@link #frame}. */
    public ReadOnlyObjectProperty<LiveText> liveProperty() {
        return live.getReadOnlyProperty();
    }

    /** Whether an answer is on its way. */
    public ReadOnlyBooleanProperty answeringProperty() {
        return answering.getReadOnlyProperty();
    }

    /** Why something that the person wished was not done, and what to do; empty when there is nothing to say. */
    public ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /** What the person is about to say. */
    public StringProperty draftProperty() {
        return draft;
    }

    /** What the model is told before everything that is said. */
    public StringProperty instructionsProperty() {
        return instructions;
    }

    public BooleanProperty favouriteProperty() {
        return favourite;
    }

    /** Asks what was typed. */
    public void send() {
        String text = draft.get().strip();
        AnswererChoice model = answerers.chosenProperty().get();
        if (text.isEmpty() || chat.isEmpty()) return;
        if (model == null) {
            notice.set(messages.text("chat.notice.noModel"));
            return;
        }
        source.chats().instruct(id(), instructions.get());
        switch (chat.get().ask(model.id(), text)) {
            case BEGUN -> {
                draft.set("");
                drafts.remove(id());
            }
            case ANSWERING -> notice.set(messages.text("chat.notice.answering"));
            case TOO_LONG -> notice.set(messages.text("chat.notice.tooLong", text.length(), ChatLimits.CHARACTERS));
            case FULL -> notice.set(messages.text("chat.notice.full", ChatLimits.MESSAGES));
        }
    }

    public void stop() {
        chat.ifPresent(Chat::stop);
    }

    /** Asks the last question again, of the model that is chosen now. */
    public void askAgain() {
        AnswererChoice model = answerers.chosenProperty().get();
        if (model == null) notice.set(messages.text("chat.notice.noModel"));
        else chat.ifPresent(open -> open.askAgain(model.id()));
    }

    /** Takes the last question back into the field, to be said in another way. */
    public void edit() {
        chat.flatMap(Chat::takeBack).ifPresent(draft::set);
    }

    /** Answers come from this model from now on. */
    public void choose(AnswererChoice model) {
        answerers.choose(model.id());
        source.chats().choose(id(), model.id());
    }

    public void rename(String typed) {
        source.chats().rename(id(), typed);
        refresh();
    }

    public void favour(boolean wished) {
        source.chats().favour(id(), wished);
        refresh();
    }

    /** Takes in what the answer on its way has said since; called once a frame while it is seen. */
    public void frame() {
        Optional<LiveAnswer> now = state.get().live();
        if (now.isEmpty()) return;
        int length = now.get().length();
        if (length == liveLength) return;
        liveLength = length;
        showLive(now.get());
    }

    /** Title, and how long the first word is waited for. */
    void refresh() {
        Optional<ChatEntry> entry = chat.flatMap(open -> source.chats().entry(open.id()));
        title.set(entry.map(ChatEntry::title).orElse(""));
        favourite.set(entry.map(ChatEntry::favourite).orElse(false));
        state.get().live().filter(answer -> answer.length() == 0).ifPresent(this::showLive);
    }

    private void showState() {
        ChatState now = state.get();
        liveLength = -1;
        List<Turn> all = now.turns();
        turns.set(IntStream.range(0, all.size())
                .mapToObj(i -> wording.of(id(), all.get(i), now.live().isEmpty() && i >= all.size() - 2))
                .toList());
        if (now.live().isPresent()) frame();
        else live.set(LiveText.NONE);
        boolean ended = answering.get() && now.live().isEmpty();
        answering.set(now.live().isPresent());
        if (ended && wasPaid(all)) answerers.balanceChanged();
        refresh();
    }

    private static boolean wasPaid(List<Turn> all) {
        return !all.isEmpty() && !TurnWording.isLocal(all.getLast().model());
    }

    private void showLive(LiveAnswer answer) {
        String model = state.get().turns().getLast().model();
        String status = "";
        if (answer.length() == 0) {
            ChatSource.Preparation preparation = TurnWording.isLocal(model)
                    ? source.preparation().apply(TurnWording.name(model))
                    : ChatSource.Preparation.LOADED;
            status = wording.status(model, answer, preparation, bench.clock().instant());
        }
        live.set(new LiveText(answer.text(), answer.thinking(), status));
    }

    @Override
    public void close() {
        keepWhatWasTyped();
        signals.close();
    }
}
