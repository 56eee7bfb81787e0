package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.Catalog;
import com.peerllm.host.catalog.CatalogFile;
import com.peerllm.host.catalog.CatalogRefresh;
import com.peerllm.host.catalog.Catalogs;
import com.peerllm.host.catalog.InvalidCatalog;
import com.peerllm.host.catalog.Publisher;
import com.peerllm.host.catalog.PublisherListing;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peerllm catalog}: how a maintainer of PeerLLM writes and signs the catalogue; not a host's business. */
@Command(
        name = "catalog",
        hidden = true,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "For maintainers: read the publishers' listings and sign the catalogue of models.")
final class CatalogToolCommand {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    CatalogToolCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    @Command(
            name = "new-key",
            mixinStandardHelpOptions = true,
            description =
                    "Make the secret key that catalogues are signed with, for its owner only. Keep it out of the repository.")
    int newKey(@Parameters(paramLabel = "FILE") Path file) {
        out().println("Wrote " + file + ". Its public half: " + SigningKey.make(file));
        return ExitCode.OK.number();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Check and sign a catalogue as it is, without reading listings.")
    int sign(
            @Option(names = "--key", paramLabel = "FILE", required = true) Path key,
            @Option(names = "--in", paramLabel = "FILE", required = true) Path in,
            @Option(names = "--out", paramLabel = "FILE", required = true) Path out) {
        write(parsed(in), SigningKey.read(key), out);
        return ExitCode.OK.number();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Read size and SHA-256 of every file from its publisher's listing, and sign the catalogue anew.")
    int refresh(
            @Option(names = "--key", paramLabel = "FILE", required = true, description = "The secret key, see new-key.")
                    Path key,
            @Option(names = "--from", paramLabel = "URL", description = "A mirror instead of the publisher.")
                    String from,
            @Option(
                            names = "--in",
                            paramLabel = "FILE",
                            description = "The catalogue to begin with; without it the built-in one.")
                    Path in,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            required = true,
                            description = "Beside it go FILE.sig and catalog.key, which the program pins.")
                    Path out,
            @Option(names = "--accept-changed", description = "Take new digests of files that have changed.")
                    boolean acceptChanged) {
        PeerIdentity signer = SigningKey.read(key);
        Catalog catalog = in == null ? Catalogs.builtIn() : parsed(in);
        Publisher publisher = from == null ? Publisher.of(around.properties()) : Publisher.parse(from);
        Cancellation cancellation = new Cancellation();
        PublisherListing listing = new PublisherListing(new OkHttpClient(), time -> rest(time, cancellation));
        stop.onMade(() -> {
            cancellation.cancel();
            listing.cancel();
        });
        CatalogRefresh refresh = new CatalogRefresh(
                model -> {
                    cancellation.check();
                    return listing.read(publisher.listing(model.repository()));
                },
                around.clock(),
                acceptChanged);
        CatalogRefresh.Refreshed refreshed = refresh.of(catalog, this::tell, cancellation);
        cancellation.check();
        write(refreshed.catalog(), signer, out);
        return refreshed.isComplete() ? ExitCode.OK.number() : ExitCode.PUBLISHER.number();
    }

    private void tell(CatalogRefresh.Finding finding) {
        String mark = finding.kind() == CatalogRefresh.Kind.READ ? "  " : "! ";
        spec.commandLine().getErr().println(mark + finding.model() + ": " + finding.sentence());
    }

    private void write(Catalog catalog, PeerIdentity signer, Path out) {
        try {
            CatalogFile.signed(catalog, signer).publish(out);
            Files.writeString(out.resolveSibling("catalog.key"), signer.publicKey() + "\n");
        } catch (InvalidCatalog e) {
            throw usage("The catalogue is not signed: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw usage("The file " + out + " cannot be written. Check the folder and its permissions.", e);
        }
        long read = catalog.models().stream()
                .flatMap(model -> model.variants().stream())
                .filter(variant -> variant.digest().isPresent())
                .count();
        out().println("Signed version " + catalog.version() + ": "
                + catalog.models().size() + " models, " + read + " files with digest, in " + out
                + ", beside it its signature and the public key.");
    }

    private static Catalog parsed(Path file) {
        try {
            return CatalogFile.parse(Files.readAllBytes(file));
        } catch (InvalidCatalog e) {
            throw usage("The catalogue " + file + " cannot be used: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw usage("The catalogue " + file + " cannot be read. Check the path.", e);
        }
    }

    /** In small steps, so that it ends soon after it is cancelled. */
    private static void rest(Duration time, Cancellation cancellation) {
        try {
            for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
                cancellation.check();
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancellation.cancel();
        }
        cancellation.check();
    }

    private static HostException usage(String sentence, Exception cause) {
        return new HostException(Problem.USAGE, sentence, cause);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
