package com.peerllm.shared.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTypeTest {
    /** Bits per weight as llama.cpp names them. */
    @ParameterizedTest
    @CsvSource({
        "F32,32",
        "F16,16",
        "BF16,16",
        "Q4_0,4.5",
        "Q4_1,5",
        "Q5_0,5.5",
        "Q5_1,6",
        "Q8_0,8.5",
        "Q2_K,2.625",
        "Q3_K,3.4375",
        "Q4_K,4.5",
        "Q5_K,5.5",
        "Q6_K,6.5625",
        "IQ1_S,1.5625",
        "IQ1_M,1.75",
        "IQ2_XXS,2.0625",
        "IQ2_XS,2.3125",
        "IQ2_S,2.5625",
        "IQ3_XXS,3.0625",
        "IQ3_S,3.4375",
        "IQ4_XS,4.25",
        "IQ4_NL,4.5",
        "TQ1_0,1.6875",
        "TQ2_0,2.0625",
        "MXFP4,4.25",
        "NVFP4,4.5"
    })
    void takesItsBitsPerWeight(TensorType type, double bits) {
        assertThat(type.bytesOfRow(256) * 8.0 / 256).isEqualTo(bits);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNumber(TensorType type) {
        assertThat(TensorType.find(type.id())).hasValue(type);
    }

    @Test
    void numbersThatGgmlRemovedOrNeverHadAreUnknown() {
        for (int id : new int[] {-1, 4, 5, 31, 33, 38, 43, Integer.MAX_VALUE, Integer.MIN_VALUE})
            assertThat(TensorType.find(id)).isEmpty();
    }

    @Test
    void aRowMustFillWholeBlocks() {
        assertThatIllegalArgumentException().isThrownBy(() -> TensorType.Q4_K.bytesOfRow(255));
    }
}
