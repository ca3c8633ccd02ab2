[assembly: Trait("Category", "Store")]
