package com.peerllm.desktop;

import com.peerllm.desktop.settings.SettingsSource;
import com.peerllm.host.LinkOptions;
import com.peerllm.host.Surroundings;
import java.net.URI;
import java.util.function.Consumer;

/**
 * What the screens need of the window's program, besides the host.
 *
 * @param openPage shows a page, or a folder, in the program that the person has for it
 * @param restart ends this program and starts it again
 * @param looks how the window looks and what closing it means
 */
record WindowParts(
        Consumer<URI> openPage,
        Runnable restart,
        SettingsSource.Looks looks,
        Preferences preferences,
        LinkOptions link,
        Surroundings around) {}
