package com.peerllm.host.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * What the maintainers' build writes into the program: where newer versions and newer catalogues are, and whose signature
 * versions have. All of it is empty in a build of one's own. A system property of the same name stands above it.
 *
 * @param here the system properties of this program
 */
public record BuildValues(Properties here) {
    private static final String RESOURCE = "/update.properties";

    /** The value of this name; nothing when the build has none. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(here.getProperty(name))
                .or(() -> Optional.ofNullable(ofTheBuild().getProperty(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Properties ofTheBuild() {
        Properties properties = new Properties();
        try (InputStream in = BuildValues.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException("This build lacks " + RESOURCE);
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + RESOURCE + " could not be read from the program", e);
        }
    }
}
