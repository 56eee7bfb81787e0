package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;

/** A terminal in which commands are typed, and what they said and returned. */
final class Terminal {
    final Properties properties = new Properties();
    final StopRequest stop = new StopRequest();

    /** What the person answers; when there are no more, nobody is there. */
    final Queue<String> answers = new ArrayDeque<>();

    Terminal() {
        properties.putAll(System.getProperties());
    }

    /** What a command left. */
    record Said(int code, String out, String err) {}

    Said type(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings around = new Surroundings(
                properties,
                Map.of(),
                InstantSource.system(),
                Thread.ofPlatform().daemon().name("test-", 0).factory(),
                new Random(1));
        int code = new HostCommandLine(around, stop, question -> Optional.ofNullable(answers.poll()))
                .run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Said(code, out.toString(), err.toString());
    }
}
