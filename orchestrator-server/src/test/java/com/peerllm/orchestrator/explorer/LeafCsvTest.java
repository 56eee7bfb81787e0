package com.peerllm.orchestrator.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafCsvTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x", "\n=x"})
    void aTextThatASpreadsheetWouldComputeBeginsWithAnApostrophe(String text) {
        String cell = LeafCsv.cell(text);
        assertThat(cell.startsWith("\"") ? cell.substring(1) : cell).startsWith("'");
    }

    @Test
    void numbersStayNumbersAndNothingIsEmpty() {
        assertThat(LeafCsv.cell(-5L)).isEqualTo("-5");
        assertThat(LeafCsv.cell(null)).isEmpty();
    }

    @Test
    void commasAndQuotesAreQuoted() {
        assertThat(LeafCsv.cell("a,b")).isEqualTo("\"a,b\"");
        assertThat(LeafCsv.cell("say \"a\"")).isEqualTo("\"say \"\"a\"\"\"");
        assertThat(LeafCsv.cell("two\nlines")).isEqualTo("\"two\nlines\"");
        assertThat(LeafCsv.cell("plain/name:1")).isEqualTo("plain/name:1");
    }

    @Test
    void everyLineHasAsManyCellsAsTheHeader() {
        String entry = "peerllm entry v1\ntime 1795381795236\ncause top_up\ndebit mint:credits\ncredit consumer:"
                + "ab".repeat(32) + "\namount 5000000000";
        int cells = LeafCsv.header().strip().split(",").length;
        String line = LeafCsv.line(new LeafRow(7, entry));
        assertThat(line)
                .startsWith("7,entry,1795381795236,2026-11-22T21:09:55.236Z,")
                .endsWith("\r\n");
        assertThat(line.strip().split(",", -1)).hasSize(cells);
        assertThat(LeafCsv.line(new LeafRow(8, "peerllm something v9")).strip().split(",", -1))
                .hasSize(cells);
    }
}
