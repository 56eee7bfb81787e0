package com.peerllm.endtoend;

import com.peerllm.endtoend.demo.DemoCommand;
import picocli.CommandLine;

/** {@code peerllm demo}: a small network on this computer, three prompts, the money. */
public final class Demo {
    private Demo() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoCommand()).execute(args));
    }
}
