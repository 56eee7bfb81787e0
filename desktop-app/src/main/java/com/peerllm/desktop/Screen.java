package com.peerllm.desktop;

import java.util.function.Supplier;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;

/**
 * One entry of the navigation and what it opens.
 *
 * @param title in the person's language
 * @param view builds the screen; called once, when it is first opened
 */
public record Screen(String title, Ikon icon, Supplier<Region> view) {}
