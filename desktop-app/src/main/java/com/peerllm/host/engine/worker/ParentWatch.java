package com.peerllm.host.engine.worker;

/**
 * Ends the worker when its parent is gone: the second line behind the end of standard input, for the case that another process
 * has inherited the parent's end of the pipe and keeps it open.
 */
final class ParentWatch {
    private ParentWatch() {}

    static void endWith(long parentPid) {
        ProcessHandle.of(parentPid)
                .ifPresentOrElse(
                        parent -> parent.onExit()
                                .thenRun(() -> Runtime.getRuntime().halt(0)),
                        () -> Runtime.getRuntime().halt(0));
    }
}
