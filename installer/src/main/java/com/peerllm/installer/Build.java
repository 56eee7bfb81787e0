package com.peerllm.installer;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One run of the packaging.
 *
 * @param home the repository
 * @param stage what Maven put together: {@code app} (jars), {@code javafx} (its jars), {@code licences}, {@code sbom.cdx.json}
 * @param out where the packages go
 * @param version three numbers with dots
 * @param date of everything in the packages
 */
record Build(Path home, Path stage, Path out, String version, Instant date, Platform platform) {
    Build {
        if (!version.matches("\\d+\\.\\d+\\.\\d+"))
            throw new PackagingException("A version that can be packaged is three numbers such as 1.2.3, not " + version
                    + ": the installers of the operating systems know no other.");
    }

    Path installer() {
        return home.resolve("installer");
    }

    /** Everything that goes beside the launchers' runtime. */
    Path input() {
        return stage.resolve("input");
    }

    Path runtime() {
        return stage.resolve("runtime");
    }

    /** The finished program, before it is packed. */
    Path image() {
        return stage.resolve("image").resolve(platform.image());
    }

    Path app() {
        return platform.app(image());
    }

    String appVersion() {
        return platform.appVersion(version);
    }

    /** The options for a tool on this platform: those of every platform, then its own. */
    ArgumentFile arguments(String name) {
        Path folder = installer().resolve("args");
        return ArgumentFile.read(folder.resolve(name + ".txt"))
                .and(ArgumentFile.read(folder.resolve(name + "-" + platform.word() + ".txt")));
    }
}
