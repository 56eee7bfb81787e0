package com.peerllm.shared.gguf;

import java.util.Arrays;
import java.util.List;

/**
 * Shapes of published models, and what llama.cpp v0.5.0 reserves for them.
 *
 * <p>The shapes are those of the models' own configuration files. The measured figures were printed on 2026-11-22 by
 * llama.cpp's CPU backend, loaded without allocation ({@code no_alloc}) from headers of these shapes.
 *
 * @param window tokens of the sliding window that the header states; 0 for none
 * @param cacheBytesPerToken of an F16 cache, all layers keeping all tokens
 * @param computeMiB "compute buffer size" in the run shapes of {@code MemoryEstimateTest}, in their order
 */
record Published(
        String name,
        String architecture,
        int embedding,
        int layers,
        int heads,
        int kvHeads,
        int headLength,
        int feedForward,
        int vocabulary,
        int context,
        int experts,
        int expertsUsed,
        int window,
        long cacheBytesPerToken,
        List<Double> computeMiB) {
    private static final String TABLE = """
            Llama 3.1 8B|llama|4096|32|32|8|128|14336|128256|131072|0|0|0|131072|266.50 120.01 132.01 308.01 31.00 472.05
            Llama 3.2 1B|llama|2048|16|32|8|64|8192|128256|131072|0|0|0|32768|258.50 68.01 80.01 286.01 18.00 264.05
            Llama 3.3 70B|llama|8192|80|64|8|128|28672|128256|131072|0|0|0|327680|282.50 236.01 248.01 604.01 60.00 936.05
            Mistral 7B v0.3|llama|4096|32|32|8|128|14336|32768|32768|0|0|0|131072|118.01 120.01 132.01 308.01 31.00 472.05
            Mixtral 8x7B|llama|4096|32|32|8|128|14336|32000|32768|8|2|0|131072|202.01 204.01 216.01 308.01 52.00 808.05
            SmolLM2 135M|llama|576|30|9|3|64|1536|49152|8192|0|0|0|23040|102.51 17.51 29.51 86.38 5.38 62.05
            SmolLM2 1.7B|llama|2048|24|32|32|64|8192|49152|8192|0|0|0|196608|104.00 68.01 80.01 292.01 18.00 264.05
            Qwen2.5 7B|qwen2|3584|28|28|4|128|18944|152064|32768|0|0|0|57344|311.00 143.01 155.01 269.01 36.75 564.05
            Qwen2.5 0.5B|qwen2|896|24|14|2|64|4864|151936|32768|0|0|0|12288|300.25 39.51 51.51 129.26 10.88 150.05
            Qwen3 8B|qwen3|4096|36|32|8|128|12288|151936|40960|0|0|0|147456|312.75 108.01 120.01 308.01 28.00 424.05
            Qwen3 0.6B|qwen3|1024|28|16|8|128|3072|151936|40960|0|0|0|114688|300.75 30.01 42.01 154.01 8.50 112.05
            Qwen3 30B-A3B|qwen3moe|2048|48|32|4|128|768|151936|40960|128|8|0|98304|304.75 92.01 104.01 294.01 24.00 360.05
            Gemma 2 9B|gemma2|3584|42|16|8|256|14336|256000|8192|0|0|4096|344064|514.00 121.02 145.02 197.01 32.25 468.08
            Gemma 3 4B|gemma3|2560|34|8|4|256|10240|262208|131072|0|0|1024|139264|522.13 87.02 111.02 111.01 23.75 332.08
            Gemma 3 1B|gemma3|1152|26|4|1|256|6912|262144|32768|0|0|512|26624|518.75 57.27 81.27 69.26 16.32 213.08
            Phi-3 mini|phi3|3072|32|32|32|96|8192|32064|4096|0|0|2047|393216|88.64 70.01 82.01 294.01 18.50 272.05
            """;

    static List<Published> all() {
        return TABLE.lines().map(Published::parse).toList();
    }

    static Published named(String name) {
        return all().stream()
                .filter(model -> model.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Published parse(String line) {
        String[] part = line.split("\\|");
        int[] size = Arrays.stream(part, 2, 13).mapToInt(Integer::parseInt).toArray();
        return new Published(
                part[0],
                part[1],
                size[0],
                size[1],
                size[2],
                size[3],
                size[4],
                size[5],
                size[6],
                size[7],
                size[8],
                size[9],
                size[10],
                Long.parseLong(part[13]),
                Arrays.stream(part[14].split(" ")).map(Double::valueOf).toList());
    }

    SyntheticGguf header() {
        SyntheticGguf header = SyntheticGguf.model(
                        architecture, embedding, layers, heads, kvHeads, headLength, feedForward, vocabulary, context)
                .text("general.name", name)
                .tensor("token_embd.weight", TensorType.Q8_0, embedding, vocabulary);
        if (window > 0) header.u32(architecture + ".attention.sliding_window", window);
        if (experts > 0)
            header.u32(architecture + ".expert_count", experts)
                    .u32(architecture + ".expert_used_count", expertsUsed)
                    .u32(architecture + ".expert_feed_forward_length", feedForward);
        return header;
    }

    GgufFacts facts() throws GgufException {
        return header().facts();
    }

    @Override
    public String toString() {
        return name;
    }
}
