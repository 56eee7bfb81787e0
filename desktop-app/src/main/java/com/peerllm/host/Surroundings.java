package com.peerllm.host;

import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.OperatingSystem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * What a host takes from the computer and the Java runtime, passed in so that a test can hold it still.
 *
 * @param properties Java's system properties
 * @param environment the environment variables
 * @param threads makes threads that live long and do not keep the program alive
 */
public record Surroundings(
        Properties properties,
        Map<String, String> environment,
        InstantSource clock,
        ThreadFactory threads,
        RandomGenerator random) {

    public static Surroundings ofThisProgram() {
        return new Surroundings(
                System.getProperties(),
                System.getenv(),
                InstantSource.system(),
                Thread.ofPlatform().daemon().name("host-", 0).factory(),
                new java.security.SecureRandom());
    }

    /** The data folder that the operating system's custom names. */
    public AppFolders standardFolders() {
        return AppFolders.standard(
                OperatingSystem.of(properties.getProperty("os.name", "")),
                environment,
                Path.of(properties.getProperty("user.home", ".")));
    }
}
