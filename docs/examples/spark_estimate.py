"""What messages that lie in Parquet files will cost, counted where they lie; prints JSON."""

import argparse
import json
import sys

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

import septet.spark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", help="Parquet file or folder, at an address that all workers can read")
    parser.add_argument("--column", default="message", help="the column of the texts")
    parser.add_argument("--profile", default="gsm")
    parser.add_argument("--commercial", action="store_true")
    parser.add_argument("--max-segments", type=int)
    parser.add_argument("--price", help="of one segment, such as 0.045")
    parser.add_argument("--currency")
    parser.add_argument("--measured", help="folder to write the rows to, with what each one takes")
    asked = parser.parse_args()
    options = {"commercial": asked.commercial or None, "max_segments": asked.max_segments}
    options = {name: value for name, value in options.items() if value is not None}

    spark = SparkSession.builder.appName("septet").getOrCreate()
    try:
        messages = spark.read.parquet(asked.messages)
        if asked.measured:  # first, for a folder that is there already is refused before anything is read
            measured = septet.spark.measure(messages, asked.column, asked.profile, **options)
            measured.write.parquet(asked.measured)
        found = septet.spark.estimate(
            messages, asked.column, asked.profile, asked.price, currency=asked.currency, **options
        )
    except (ValueError, PySparkException) as error:
        sys.exit(f"error: {str(error).splitlines()[0]}")
    except Py4JJavaError as error:  # such as a file that is no Parquet
        sys.exit(f"error: {error.java_exception.getMessage().splitlines()[0]}")
    spark.stop()
    print(json.dumps(found.to_dict()))


if __name__ == "__main__":
    main()
