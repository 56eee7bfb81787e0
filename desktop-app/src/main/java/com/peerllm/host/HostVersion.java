package com.peerllm.host;

/** The version that the build wrote into the jar. */
public final class HostVersion {
    private static final String SOFTWARE = "peerllm-host";

    private HostVersion() {}

    public static String text() {
        String version = HostVersion.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    /** As the network is told. */
    public static String software() {
        return SOFTWARE + "/" + text();
    }
}
