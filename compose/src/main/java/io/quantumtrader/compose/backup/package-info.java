/** The commands {@code backup} and {@code restore}: the data of an embedded stack as one file. */
package io.quantumtrader.compose.backup;
