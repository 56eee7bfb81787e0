package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.FileChooser;

/** The operating system's own dialog for a file to write. */
public final class SaveDialog implements SavePlace {
    private final Messages messages;

    public SaveDialog(Messages messages) {
        this.messages = messages;
    }

    @Override
    public Optional<Path> choose(String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("chat.export.title"));
        chooser.setInitialFileName(name);
        return Optional.ofNullable(chooser.showSaveDialog(null)).map(File::toPath);
    }
}
