package com.peerllm.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.MemoryEstimate;
import com.peerllm.shared.gguf.RunShape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What must be true of the catalogue that comes with the program, whoever signed it. */
class BuiltInCatalogTest {
    private final Catalog catalog = Catalogs.builtIn();

    @Test
    void holdsModelsOfManyFamiliesWithAFewFilesEach() {
        assertThat(catalog.models()).hasSizeBetween(18, 60);
        assertThat(catalog.models().stream().map(CatalogModel::family).distinct())
                .contains("Qwen", "Llama", "Gemma", "Mistral", "Phi", "SmolLM", "Granite");
        assertThat(catalog.models())
                .allSatisfy(model -> assertThat(model.variants()).hasSizeBetween(1, 4));
        assertThat(catalog.models().stream()
                        .filter(model -> model.architecture().kind().equals("embedding")))
                .isNotEmpty();
    }

    /** Published parameter counts: the sums of the publishers' own weight files. */
    @Test
    void itsParametersAreThoseThatThePublishersState() {
        Map<String, Long> published = Map.of(
                "qwen2.5-0.5b-instruct", 494_032_768L,
                "qwen2.5-7b-instruct", 7_615_616_512L,
                "llama-3.2-1b-instruct", 1_235_814_400L,
                "llama-3.1-8b-instruct", 8_030_261_248L,
                "gemma-2-2b-it", 2_614_341_888L,
                "gemma-3-1b-it", 999_885_952L,
                "mistral-7b-instruct-v0.3", 7_248_023_552L,
                "phi-4", 14_659_507_200L,
                "smollm2-135m-instruct", 134_515_008L,
                "qwen3-30b-a3b-instruct-2507", 30_532_122_624L);

        published.forEach((id, parameters) -> assertThat(
                        catalog.find(id).orElseThrow().architecture().parameters())
                .as(id)
                .isEqualTo(parameters));
    }

    @TestFactory
    Stream<DynamicTest> theMemoryOfEachModelCanBeTold() {
        return catalog.models().stream()
                .map(model -> DynamicTest.dynamicTest(model.id(), () -> {
                    GgufFacts facts =
                            CatalogFacts.of(model, "Q8_0", model.architecture().parameters());

                    assertThat(MemoryEstimate.of(facts, RunShape.of(4096, 1))).isInstanceOf(MemoryEstimate.Known.class);
                    assertThat(model.variants())
                            .allSatisfy(
                                    variant -> assertThat(WeightRange.of(model.architecture(), variant.quantization()))
                                            .isPresent());
                }));
    }

    @Test
    void aSizeIsNeverThereWithoutItsDigestAndTheTimeOfReading() {
        List<CatalogVariant> variants = catalog.models().stream()
                .flatMap(model -> model.variants().stream())
                .toList();

        assertThat(variants).allSatisfy(variant -> {
            assertThat(variant.digest().isPresent())
                    .isEqualTo(variant.sizeBytes().isPresent());
            assertThat(variant.readAt().isPresent())
                    .isEqualTo(variant.sizeBytes().isPresent());
        });
    }

    @Test
    void theExpertsAccountForTheParametersThatRest() {
        CatalogModel mixture = catalog.find("qwen3-30b-a3b-instruct-2507").orElseThrow();
        GgufFacts facts =
                CatalogFacts.of(mixture, "Q8_0", mixture.architecture().parameters());

        assertThat((double) ActiveWeights.bytes(facts).orElseThrow())
                .isCloseTo(mixture.architecture().activeParameters(), Percentage.withPercentage(1));
    }

    @Test
    void isFoundByWordsOfNameFamilyAndLicence() {
        assertThat(catalog.search("qwen3 4b")).extracting(CatalogModel::id).contains("qwen3-4b");
        assertThat(catalog.search("MIT")).extracting(CatalogModel::id).contains("phi-4");
        assertThat(catalog.search("")).hasSize(catalog.models().size());
        assertThat(catalog.search("no such model")).isEmpty();
    }
}
