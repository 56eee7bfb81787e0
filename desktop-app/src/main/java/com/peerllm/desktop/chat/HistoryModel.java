package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProblemWording;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.chats.ChatBook;
import com.peerllm.host.chats.ChatEntry;
import com.peerllm.host.chats.ChatExport;
import com.peerllm.host.chats.ChatLimits;
import com.peerllm.host.kernel.HostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;

/** What is kept of all chats: whether at all, as files elsewhere, or not any more. Belongs to the thread of the screens. */
public final class HistoryModel implements AutoCloseable {
    private final ChatBook chats;
    private final ChatExport export;
    private final Workbench bench;
    private final Messages messages;
    private final FxSignals signals;
    private final ReadOnlyObjectProperty<Boolean> keeping;
    private final ReadOnlyObjectProperty<List<ChatEntry>> entries;
    private final ReadOnlyObjectProperty<Optional<String>> diskTrouble;
    private final ReadOnlyStringWrapper exported = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper confirming = new ReadOnlyBooleanWrapper();

    HistoryModel(ChatBook chats, Workbench bench) {
        this.chats = chats;
        this.bench = bench;
        messages = bench.messages();
        export = new ChatExport(chats);
        signals = new FxSignals(bench.fxThread());
        keeping = signals.follow(chats.keeping());
        entries = signals.follow(chats.entries());
        diskTrouble = signals.follow(chats.trouble());
    }

    /** Whether what is said is written to this computer's disk. */
    public ObservableValue<Boolean> keepingProperty() {
        return keeping;
    }

    public void keep(boolean kept) {
        chats.keep(kept);
    }

    /** Why chats cannot be written down at the moment; empty when they can. */
    public ObservableValue<String> diskTroubleProperty() {
        return diskTrouble.map(trouble -> trouble.orElse(""));
    }

    public ObservableValue<Boolean> emptyProperty() {
        return entries.map(List::isEmpty);
    }

    public String limits() {
        return messages.text("chat.history.limits", ChatLimits.CHATS, ChatLimits.MESSAGES, ChatLimits.CHARACTERS);
    }

    /** What became of the last file; empty when there was none. */
    public ReadOnlyStringProperty exportedProperty() {
        return exported.getReadOnlyProperty();
    }

    void export(Path file, boolean json, Optional<Long> one) {
        List<Long> ids = one.map(List::of)
                .orElseGet(
                        () -> chats.entries().get().stream().map(ChatEntry::id).toList());
        ChatExport.Format format = json ? ChatExport.Format.JSON : ChatExport.Format.MARKDOWN;
        exported.set(messages.text("chat.export.running"));
        bench.background().execute(() -> {
            String result;
            try {
                export.write(file, format, ids);
                result = messages.text("chat.export.done", ids.size(), file.toString());
            } catch (HostException e) {
                result = ProblemWording.of(e, messages);
            }
            String sentence = result;
            bench.fxThread().execute(() -> exported.set(sentence));
        });
    }

    void forgetExport() {
        exported.set("");
    }

    /** Whether the person was asked, and has not answered yet, if all shall be deleted. */
    public ReadOnlyBooleanProperty confirmingProperty() {
        return confirming.getReadOnlyProperty();
    }

    public void askWhetherToDeleteAll() {
        confirming.set(true);
    }

    public void deleteNothing() {
        confirming.set(false);
    }

    void deleteAll() {
        confirming.set(false);
        chats.deleteAll();
    }

    @Override
    public void close() {
        signals.close();
    }
}
