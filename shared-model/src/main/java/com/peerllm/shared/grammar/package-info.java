/** Forms of answers: JSON schemas as grammars in llama.cpp's notation (GBNF). Pure functions. */
package com.peerllm.shared.grammar;
