package com.peerllm.desktop.toolkit;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What every view model works with.
 *
 * @param fxThread runs actions on the thread of the screens, in order
 * @param background where what waits or computes may take its time
 * @param messages in the person's language
 * @param goTo opens another screen
 */
public record Workbench(
        Executor fxThread, Executor background, InstantSource clock, Messages messages, Consumer<Room> goTo) {}
