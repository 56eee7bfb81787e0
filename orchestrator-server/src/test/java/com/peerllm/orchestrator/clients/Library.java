package com.peerllm.orchestrator.clients;

import java.nio.file.Files;
import java.nio.file.Path;

/** The client libraries against which the endpoint is tested. */
public enum Library {
    /** npm {@code openai}, the official client for Node.js. */
    OPENAI_NPM,
    /** npm {@code ai} with {@code @ai-sdk/openai-compatible}, of Vercel. */
    AI_SDK,
    /** Maven {@code com.openai:openai-java}, the official client for Java. */
    OPENAI_JAVA,
    /** Maven {@code dev.langchain4j:langchain4j-open-ai}. */
    LANGCHAIN4J;

    /** @param home the root of the source tree, where the clients of Node.js are */
    public ForeignClient open(Path home) {
        return switch (this) {
            case OPENAI_NPM -> new NodeClient(installed(home), "openai.mjs");
            case AI_SDK -> new NodeClient(installed(home), "ai-sdk.mjs");
            case OPENAI_JAVA -> new OpenAiJava();
            case LANGCHAIN4J -> new LangChain4j();
        };
    }

    static Path installed(Path home) {
        Path clients = home.resolve("orchestrator-server/src/test/clients")
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(clients.resolve("node_modules/openai"))) {
            throw new AssertionError(
                    "The clients of Node.js are not there. './peerllm test' fetches them; by hand: npm ci"
                            + " --ignore-scripts in orchestrator-server/src/test/clients.");
        }
        return clients;
    }
}
