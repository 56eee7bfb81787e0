package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ScreenModel;
import java.util.function.Supplier;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;

/**
 * One entry of the navigation and what it opens.
 *
 * @param title in the person's language
 * @param view builds the screen; called once, when it is first opened
 */
public record Screen(Room room, String title, Ikon icon, ScreenModel model, Supplier<Region> view) {}
