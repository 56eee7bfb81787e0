package com.peerllm.desktop.models;

import java.nio.file.Path;
import java.util.List;
import javafx.stage.Window;

/** Lets a person choose model files. */
@FunctionalInterface
public interface FilePicker {

    /** @return empty when nothing was chosen */
    List<Path> pick(Window owner);
}
