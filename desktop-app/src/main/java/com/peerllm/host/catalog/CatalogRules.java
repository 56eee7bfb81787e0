package com.peerllm.host.catalog;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold in every catalogue, whoever signed it: its words become addresses, file names and figures. */
final class CatalogRules {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern REPOSITORY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
    private static final Pattern FILE =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.gguf");
    private static final int LONGEST_FILE = 200;

    private CatalogRules() {}

    static void check(Catalog catalog) {
        if (catalog.format() != Catalog.FORMAT) {
            throw new InvalidCatalog(
                    "it is in format " + catalog.format() + ", which this version of PeerLLM does not know");
        }
        require(catalog.version() > 0 && catalog.writtenAt() != null, "it lacks its version or time");
        Set<String> ids = new HashSet<>();
        for (CatalogModel model : catalog.models()) {
            require(model.id() != null && ID.matcher(model.id()).matches(), "a model lacks a proper id");
            require(ids.add(model.id()), "it names " + model.id() + " twice");
            check(model);
        }
    }

    private static void check(CatalogModel model) {
        String where = model.id() + " ";
        require(
                REPOSITORY.matcher(model.repository()).matches()
                        && !model.repository().contains(".."),
                where + "has no proper repository");
        require(
                isWords(model.name(), model.family(), model.publisher(), model.about(), model.licence()),
                where + "lacks words");
        require("https".equals(URI.create(model.licenceUrl()).getScheme()), where + "has no address of its licence");
        require(!model.variants().isEmpty(), where + "has no file");
        check(where, model.architecture());
        model.variants().forEach(variant -> check(where, variant));
    }

    private static void check(String where, CatalogVariant variant) {
        String file = variant.file();
        require(
                file.length() <= LONGEST_FILE && FILE.matcher(file).matches(),
                where + "has a file whose name cannot be");
        require(isWords(variant.quantization()), where + "does not name the quantization of " + file);
        require(variant.sizeBytes().orElse(1) > 0, where + "has a file of no size");
    }

    private static void check(String where, CatalogArchitecture facts) {
        boolean positive = facts.parameters() > 0
                && facts.activeParameters() > 0
                && facts.activeParameters() <= facts.parameters()
                && facts.layers() > 0
                && facts.embeddingLength() > 0
                && facts.feedForwardLength() >= 0
                && facts.keyValueHeads() > 0
                && facts.heads() >= facts.keyValueHeads()
                && facts.keyLength() > 0
                && facts.contextLength() > 0
                && facts.vocabularySize() > 0
                && facts.slidingWindow() >= 0;
        require(positive && isWords(facts.architecture(), facts.kind()), where + "has impossible facts");
    }

    private static boolean isWords(String... all) {
        for (String words : all) if (words == null || words.isBlank()) return false;
        return true;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new InvalidCatalog(otherwise);
    }
}
