package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.published.SafeAddress;
import com.peerllm.host.published.SignedFile;
import com.peerllm.host.update.InvalidRelease;
import com.peerllm.host.update.Release;
import com.peerllm.host.update.ReleaseFolder;
import com.peerllm.host.update.ReleaseManifest;
import com.peerllm.host.update.Version;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peerllm release}: how a maintainer of PeerLLM signs a version for publishing; not a host's business. */
@Command(
        name = "release",
        hidden = true,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "For maintainers: sign the packages of a version, so that hosts take it as an update.")
final class ReleaseToolCommand {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    ReleaseToolCommand(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "new-key",
            mixinStandardHelpOptions = true,
            description =
                    "Make the secret key that versions are signed with, for its owner only. Keep it out of the repository.")
    int newKey(@Parameters(paramLabel = "FILE") Path file) {
        PeerKey pinned = SigningKey.make(file);
        out().println("Wrote " + file + ". Builds pin its public half: -Dpeerllm.updates.key=" + pinned);
        return ExitCode.OK.number();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Write release.json and release.json.sig into a folder with the packages of a version.")
    int sign(
            @Parameters(paramLabel = "FOLDER") Path folder,
            @Option(names = "--key", paramLabel = "FILE", required = true, description = "The secret key, see new-key.")
                    Path key,
            @Option(names = "--version-of", paramLabel = "VERSION", required = true, description = "Such as 1.2.0.")
                    String version,
            @Option(names = "--oldest-supported", paramLabel = "VERSION", defaultValue = "0.0.0") String oldest,
            @Option(
                            names = "--notes",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "What is new, in a few sentences.")
                    String notes,
            @Option(names = "--notes-page", paramLabel = "URL", description = "With all that is new.") String page,
            @Option(
                            names = "--days",
                            defaultValue = "30",
                            description = "How long it is believed; sign anew before (${DEFAULT-VALUE}).")
                    int days,
            @Option(
                            names = "--arch",
                            paramLabel = "ARCH",
                            description = "x64 or arm64, for files whose name tells none.")
                    String arch) {
        try {
            Instant now = around.clock().instant().truncatedTo(ChronoUnit.SECONDS);
            Version of = version(version);
            Release release = new Release(
                    Release.FORMAT,
                    of,
                    now,
                    now.plus(Duration.ofDays(days)),
                    new Release.Notes(notes, Optional.ofNullable(page).map(ReleaseToolCommand::page)),
                    version(oldest),
                    new ReleaseFolder(folder, of).files(Optional.ofNullable(arch)));
            ReleaseManifest.signed(release, SigningKey.read(key)).publish(folder.resolve(ReleaseManifest.NAME));
            tell("Signed", release);
            return ExitCode.OK.number();
        } catch (InvalidRelease e) {
            throw usage("The version is not signed: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw usage("The folder " + folder + " cannot be read or written. Check the path and its permissions.", e);
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Check the signature of a folder's release.json and every package that it names.")
    int verify(
            @Parameters(paramLabel = "FOLDER") Path folder,
            @Option(names = "--public-key", paramLabel = "KEY", required = true, description = "As new-key printed it.")
                    String key) {
        try {
            SignedFile file = SignedFile.read(folder.resolve(ReleaseManifest.NAME));
            Release release = ReleaseManifest.verified(file, PeerKey.parse(key));
            new ReleaseFolder(folder, release.version())
                    .verify(release, around.clock().instant());
            tell("Holds:", release);
            return ExitCode.OK.number();
        } catch (InvalidRelease e) {
            throw new HostException(Problem.UPDATE, "No host would take it: " + e.getMessage() + ".", e);
        } catch (InvalidKey e) {
            throw usage("'" + key + "' is no public key. The command new-key printed it.", e);
        } catch (IOException e) {
            throw usage("The folder " + folder + " has no " + ReleaseManifest.NAME + " with its .sig to read.", e);
        }
    }

    private static Version version(String text) {
        return Version.find(text)
                .orElseThrow(() -> usage("'" + text + "' is no version. Write it as 1.2.3 or 1.2.3-rc.1.", null));
    }

    private static URI page(String text) {
        return SafeAddress.of(text)
                .orElseThrow(
                        () -> usage("'" + text + "' is no address of a page. Write it as https://HOST/PATH.", null));
    }

    private void tell(String what, Release release) {
        out().println(what + " version " + release.version() + ", believed until " + release.expiresAt() + ":");
        release.files()
                .forEach(file -> out().println("  " + file.os() + " " + file.arch() + "  "
                        + file.sha256().shortForm() + "...  " + file.name()));
    }

    private static HostException usage(String sentence, Exception cause) {
        return new HostException(Problem.USAGE, sentence, cause);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
