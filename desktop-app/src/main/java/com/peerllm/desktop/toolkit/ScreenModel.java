package com.peerllm.desktop.toolkit;

/** A view model as the window holds it. All of it belongs to the thread of the screens. */
public interface ScreenModel extends AutoCloseable {

    /** Brings what depends on the time up to date; called about once a second while the window is seen. */
    default void refresh() {}

    /** Ends all following of signals. */
    @Override
    void close();
}
