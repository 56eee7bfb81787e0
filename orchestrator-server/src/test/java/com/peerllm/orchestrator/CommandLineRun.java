package com.peerllm.orchestrator;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** One run of the orchestrator's command line in this process: how it ended and what it printed. */
record CommandLineRun(int code, String out, String error) {
    JsonNode json() {
        return TestNetwork.JSON.readTree(out);
    }

    static CommandLineRun of(String... words) {
        CommandLine line = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(error, true));
        int code = line.execute(words);
        return new CommandLineRun(code, out.toString().strip(), error.toString().strip());
    }
}
