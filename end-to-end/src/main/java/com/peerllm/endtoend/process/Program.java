package com.peerllm.endtoend.process;

/** The programs that the build makes, each a jar beside its libraries. */
public enum Program {
    ORCHESTRATOR("orchestrator-server", "com.peerllm.orchestrator.Main"),
    HOST("desktop-app", "com.peerllm.host.HostMain"),
    DESKTOP("desktop-app", "com.peerllm.desktop.DesktopMain");

    final String module;
    final String mainClass;

    Program(String module, String mainClass) {
        this.module = module;
        this.mainClass = mainClass;
    }
}
