package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** The operating system's own window for choosing files. */
public final class SystemFilePicker implements FilePicker {
    private final Messages messages;

    public SystemFilePicker(Messages messages) {
        this.messages = messages;
    }

    @Override
    public List<Path> pick(Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("models.add"));
        chooser.getExtensionFilters().add(new ExtensionFilter(messages.text("models.add.kind"), "*.gguf", "*.GGUF"));
        return Optional.ofNullable(chooser.showOpenMultipleDialog(owner)).orElse(List.of()).stream()
                .map(File::toPath)
                .toList();
    }
}
