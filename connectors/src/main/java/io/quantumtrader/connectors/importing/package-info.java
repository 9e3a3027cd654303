/** What an account had in the old system, found in its Redis keys and written to the topics. */
package io.quantumtrader.connectors.importing;
