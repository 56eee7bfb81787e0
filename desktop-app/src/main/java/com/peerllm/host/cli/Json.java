package com.peerllm.host.cli;

import java.io.PrintWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints answers for programs: the same records as the code has, one JSON document each. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper LINES = JsonMapper.builder().build();

    private Json() {}

    static void print(PrintWriter out, Object answer) {
        out.println(MAPPER.writeValueAsString(answer));
    }

    /** One of many: a line of its own. */
    static void printLine(PrintWriter out, Object event) {
        out.println(LINES.writeValueAsString(event));
    }
}
