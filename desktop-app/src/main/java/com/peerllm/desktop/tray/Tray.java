package com.peerllm.desktop.tray;

import com.peerllm.desktop.home.HomeStatus;

/** The sign of this program beside the clock, where the system has such a place. All methods on the thread of the screens. */
public interface Tray extends AutoCloseable {

    /** A system without such a place, as GNOME is by itself. */
    Tray NONE = new Tray() {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public void show(HomeStatus status) {}

        @Override
        public void tell(String title, String text) {}

        @Override
        public void close() {}
    };

    /** Whether the window can be brought back from here when it is hidden. */
    boolean isThere();

    /** Shows whether this computer shares, and why not. */
    void show(HomeStatus status);

    /** A notice that goes away by itself. */
    void tell(String title, String text);

    @Override
    void close();

    /** What a person can do there; called on any thread. */
    interface Actions {
        void open();

        /** Shares, or pauses what is shared until the person resumes it. */
        void toggle();

        void quit();
    }
}
