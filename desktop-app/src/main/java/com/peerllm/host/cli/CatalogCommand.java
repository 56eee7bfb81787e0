package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.Catalog;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.catalog.Catalogs;
import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.catalog.ModelChoice;
import com.peerllm.host.catalog.NewerCatalog;
import com.peerllm.host.catalog.Publisher;
import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.published.BuildValues;
import com.peerllm.host.published.LastLook;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host models catalog}: which published models there are and how they would run here; needs no network unless told to. */
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        description = "List the published models to choose from, and how each would run on this computer.")
final class CatalogCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(names = "--refresh", description = "First look for a newer catalogue at the address that this build has.")
    boolean refresh;

    @Option(
            names = "--search",
            paramLabel = "WORDS",
            defaultValue = "",
            description = "Only models that have these words.")
    String search;

    CatalogCommand(Surroundings around) {
        this.around = around;
    }

    /**
     * For programs.
     *
     * @param trouble why a newer catalogue in the data folder is not used
     * @param recommended the id and file to begin with
     */
    record Listed(
            long version,
            Instant writtenAt,
            Optional<String> trouble,
            Optional<Recommended> recommended,
            List<ListedModel> models) {}

    record Recommended(String id, String file) {}

    record ListedModel(CatalogModel model, List<ListedVariant> variants) {}

    /** @param advice for this computer, now */
    record ListedVariant(CatalogVariant variant, URI from, FitAdvice advice) {}

    @Override
    public Integer call() {
        AppFolders folders = common.folders(around);
        PrintWriter err = spec.commandLine().getErr();
        if (refresh) err.println(refreshed(folders));
        Catalogs.Read read = new Catalogs(folders).read();
        Advisor advisor = CatalogAdvice.look(folders, around, err::println);
        Publisher publisher = Publisher.of(around.properties());
        Catalog catalog = read.catalog();
        List<ListedModel> models = catalog.search(search).stream()
                .map(model -> listed(model, advisor, publisher))
                .toList();
        Optional<Recommended> recommended = ModelChoice.of(catalog, advisor)
                .map(choice ->
                        new Recommended(choice.model().id(), choice.variant().file()));
        Listed listed = new Listed(catalog.version(), catalog.writtenAt(), read.trouble(), recommended, models);
        if (common.json) Json.print(spec.commandLine().getOut(), listed);
        else print(listed);
        return ExitCode.OK.number();
    }

    private String refreshed(AppFolders folders) {
        NewerCatalog newer = new NewerCatalog(
                new Catalogs(folders),
                new BuildValues(around.properties()),
                new OkHttpClient(),
                new LastLook(folders.catalogLook(), around.clock()));
        return newer.look() ? "A newer catalogue was taken." : "There is no newer catalogue.";
    }

    private static ListedModel listed(CatalogModel model, Advisor advisor, Publisher publisher) {
        return new ListedModel(
                model,
                model.variants().stream()
                        .map(variant -> new ListedVariant(
                                variant,
                                publisher.file(model.repository(), variant.file()),
                                advisor.of(model, variant)))
                        .toList());
    }

    private void print(Listed listed) {
        PrintWriter out = spec.commandLine().getOut();
        listed.trouble().ifPresent(spec.commandLine().getErr()::println);
        if (listed.models().isEmpty()) {
            out.println("No model of the catalogue has these words. Without --search all are listed.");
            return;
        }
        listed.models().forEach(model -> print(out, model, listed.recommended()));
        out.println("Catalogue " + listed.version() + ", signed " + listed.writtenAt()
                + ". Sizes that were not read yet are read from the publisher before a download.");
    }

    private static void print(PrintWriter out, ListedModel listed, Optional<Recommended> recommended) {
        CatalogModel model = listed.model();
        out.println(model.id() + "  " + model.name() + ", " + model.licence());
        for (ListedVariant one : listed.variants()) {
            boolean first = recommended.equals(
                    Optional.of(new Recommended(model.id(), one.variant().file())));
            out.println(String.format(
                    Locale.ROOT,
                    "  %-8s %-7s %-12s  %s%s",
                    badge(one.advice()),
                    one.variant().quantization(),
                    one.variant().sizeBytes().isPresent()
                            ? ByteSize.inWords(one.variant().sizeBytes().getAsLong())
                            : "not read yet",
                    one.advice().why(),
                    first ? " Recommended here." : ""));
        }
    }

    static String badge(FitAdvice advice) {
        return switch (advice.badge()) {
            case GREAT -> "great";
            case SLOW -> "slow";
            case TOO_BIG -> "too big";
            case UNKNOWN -> "unknown";
        };
    }
}
