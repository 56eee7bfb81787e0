package com.peerllm.host.settings;

/**
 * The OpenAI-compatible endpoint on this computer. Its key is in a file of its own, see {@code AppFolders#localApiKey}.
 *
 * @param on whether it listens
 * @param port 1 to 65535
 * @param homeNetwork whether other computers of the home network may reach it; else only this computer
 * @param mode where prompts go that name no place
 */
public record LocalApiSettings(Boolean on, Integer port, Boolean homeNetwork, Mode mode) {
    /** Registered with nobody; beside the ports that Ollama (11434) and LM Studio (1234) take. */
    public static final int USUAL_PORT = 11435;

    public static final LocalApiSettings DEFAULTS = new LocalApiSettings(false, USUAL_PORT, false, Mode.LOCAL);

    /** Where prompts go that name no place. */
    public enum Mode {
        /** To a model of this computer, never elsewhere. */
        LOCAL,
        /** To the network. */
        NETWORK,
        /** To this computer while it has the model and a free slot, else to the network. */
        AUTOMATIC
    }

    public LocalApiSettings {
        on = on != null && on;
        homeNetwork = homeNetwork != null && homeNetwork;
        port = port == null ? USUAL_PORT : port;
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("port is from 1 to 65535");
        mode = mode == null ? Mode.LOCAL : mode;
    }
}
