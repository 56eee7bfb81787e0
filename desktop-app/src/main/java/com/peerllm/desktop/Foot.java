package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.ScreenModel;
import java.util.function.Supplier;
import javafx.scene.Node;

/**
 * What stands at the foot of every screen, such as downloads on their way; it takes no room while it is not managed.
 *
 * @param view builds it; called once
 */
public record Foot(ScreenModel model, Supplier<Node> view) {}
